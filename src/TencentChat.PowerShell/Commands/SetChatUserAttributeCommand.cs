using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Bulk.Steps;
using TencentChat.Results;

namespace TencentChat.PowerShell.Commands;

/// <summary>Sets attributes of users, a hundred a call (pages 37170 and 60565).</summary>
[Cmdlet(VerbsCommon.Set, "ChatUserAttribute", SupportsShouldProcess = true, DefaultParameterSetName = RowSet)]
[OutputType(typeof(ChatResult))]
public sealed class SetChatUserAttributeCommand : AttributeRowCommand
{
    private string[]? _told;
    private string _action = string.Empty;

    /// <inheritdoc/>
    private protected override IBulkOperation CreateOperation() => new SetAttributesStep(Chat);

    /// <inheritdoc/>
    private protected override ChatResult CreateRow(long number, string userId, object row, string[] names, string?[] values) =>
        new(number, userId, row) { Names = names, Values = values };

    /// <inheritdoc/>
    private protected override bool MayProceed(ChatResult row)
    {
        if (_told != row.Names)
        {
            _told = row.Names;
            _action = $"Set attribute {string.Join(", ", row.Names)}";
        }

        return MaySend(row.UserId, _action);
    }
}
