using System.Management.Automation;
using TencentChat.Operations.Attributes;
using TencentChat.PowerShell.Cmdlets;

namespace TencentChat.PowerShell.Commands;

/// <summary>Shows the app's attribute names (pages 37168 and 60562).</summary>
[Cmdlet(VerbsCommon.Get, "ChatAttributeName")]
[OutputType(typeof(AttributeSlot))]
public sealed class GetChatAttributeNameCommand : ChatCommand
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (AttributeSlot slot in Await(token => Chat.GetAttributeNamesAsync(TimeSpan.Zero, token)).Slots)
        {
            WriteObject(slot);
        }
    }
}
