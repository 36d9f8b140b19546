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
    private string[]? _told;
    private int _toldCells;
    private string _action = string.Empty;

    /// <inheritdoc/>
    private protected override Action<PSObject, long> Start()
    {
        var operation = new SetAttributes(Chat.AttributeService, Chat.Names);
        return Start(operation, BindAttributes(operation), Ask);
    }

    private bool Ask(AttributeRow row)
    {
        // An empty cell sets nothing, so the question must not name it. An app has ten attributes at most.
        int cells = 0;
        for (int i = 0; i < row.Values.Length; i++)
        {
            cells |= row.Values[i] is null ? 0 : 1 << i;
        }

        if (_told != row.Names || _toldCells != cells)
        {
            _told = row.Names;
            _toldCells = cells;
            _action = ActionFor(row);
        }

        return MaySend(row.UserId, _action);
    }

    private static string ActionFor(AttributeRow row) =>
        $"Set attribute {string.Join(", ", row.Names.Where((_, index) => row.Values[index] is not null))}";
}
