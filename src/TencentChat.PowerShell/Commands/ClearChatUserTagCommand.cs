using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Tags;
using TencentChat.PowerShell.Cmdlets;

namespace TencentChat.PowerShell.Commands;

/// <summary>Removes all tags of users, a hundred a call (pages 37175 and 60570).</summary>
[Cmdlet(VerbsCommon.Clear, "ChatUserTag", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = UserSet)]
[OutputType(typeof(ChatResult))]
public sealed class ClearChatUserTagCommand : BatchCommand
{
    /// <summary>Does not ask. -WhatIf still shows and sends nothing, and -Confirm still asks.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override bool IsForced => Force;

    /// <inheritdoc/>
    private protected override Action<PSObject, long> Start()
    {
        var operation = new ClearTags(Chat.AttributeService);
        return Start(operation, BindUserIds(operation), ask: row => MaySend(row, static _ => "Remove all tags"));
    }
}
