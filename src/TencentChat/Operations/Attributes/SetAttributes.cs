using System.Runtime.CompilerServices;
using TencentChat.Bulk;
using TencentChat.Protocol;

namespace TencentChat.Operations.Attributes;

/// <summary>Sets attributes: those named, leaving the others of the account alone (pages 37170 and 60565).</summary>
internal sealed class SetAttributes(AttributeService service, AttributeNameSource names) : SetAttributesCall<AttributeRow>(service, names), IAttributeRows<AttributeRow>
{
    public override bool CanPartRows => true;

    public bool IsAboutAllColumns => false;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public AttributeRow NewRow(long number, string userId, object? source, string[] names, string?[] values, IReadOnlyList<string> columns)
    {
        RowRules.LeaveEmptyAlone(values);
        AttributeRow row = Checked(new AttributeRow(number, userId, source, names, values));
        if (!row.IsSettled && RowRules.CheckValues(names, values, out string? where) is { } error)
        {
            row.Fail(error, where);
        }
        else if (!row.IsSettled && Array.TrueForAll(values, value => value is null))
        {
            row.Settle(ChatResultStatus.Skipped, 0, RowRules.NothingToSet);
        }

        return row;
    }

    protected override AttributeRow CreateRow(long number, string userId, object? source) => new(number, userId, source, [], []);
}
