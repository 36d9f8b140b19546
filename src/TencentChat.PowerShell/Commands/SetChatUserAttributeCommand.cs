using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.PowerShell.Cmdlets;

namespace TencentChat.PowerShell.Commands;

/// <summary>Sets attributes of users, a hundred a call (pages 37170 and 60565).</summary>
[Cmdlet(VerbsCommon.Set, "ChatUserAttribute", SupportsShouldProcess = true, DefaultParameterSetName = UserSet)]
[OutputType(typeof(ChatResult))]
public sealed class SetChatUserAttributeCommand : AttributeRowCommand
{
    /// <inheritdoc/>
    private protected override Action<PSObject, long> Start()
    {
        var operation = new SetAttributes(Chat.AttributeService, Chat.Names);
        return Start(operation, BindAttributes(operation), ask: row => MaySend(row, Describe));
    }

    // An empty cell sets nothing, so the question must not name it.
    private static string Describe(AttributeRow row) =>
        $"Set {string.Join(", ", row.Names.Zip(row.Values).Where(pair => pair.Second is not null).Select(pair => $"{pair.First}='{pair.Second}'"))}";
}
