using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Attributes;
using TencentChat.Protocol;

namespace TencentChat.Operations.Sync;

/// <summary>Reads accounts whose rows say how they should be.</summary>
internal sealed class ReadDesired(AttributeService service) : ReadAttributesCall<DesiredRow>(service), IAttributeRows<DesiredRow>
{
    public DesiredRow NewRow(long number, string userId, object? source, string[] names, string?[] values)
    {
        DesiredRow row = Checked(new DesiredRow(number, userId, source) { Names = names, Values = values });
        if (!row.IsSettled && RowRules.CheckValues(names, values, out string? where) is { } error)
        {
            row.Fail(error, where);
        }

        return row;
    }

    /// <param name="number">The row's number in the input, from 1.</param>
    /// <param name="userId">The account.</param>
    /// <param name="source">The row as it came.</param>
    /// <param name="planned">What the row of the plan says; null when it is none.</param>
    public static DesiredRow NewPlanRow(long number, string userId, object? source, AttributeDifference? planned)
    {
        DesiredRow row = Checked(new DesiredRow(number, userId, source) { Planned = planned });
        if (planned is null && !row.IsSettled)
        {
            row.Fail(ClientErrors.InvalidPlan);
        }

        return row;
    }

    protected override DesiredRow CreateRow(long number, string userId, object? source) => new(number, userId, source);
}
