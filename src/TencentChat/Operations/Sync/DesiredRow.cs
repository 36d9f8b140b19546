using TencentChat.Bulk;
using TencentChat.Operations.Attributes;

namespace TencentChat.Operations.Sync;

/// <summary>How an account should be, and how it is as far as it was read.</summary>
/// <param name="number">The row's number in the input, from 1.</param>
/// <param name="userId">The account.</param>
/// <param name="source">The row as it came.</param>
internal sealed class DesiredRow(long number, string userId, object? source) : UserAttributesResult(number, userId, source), IBulkRow<DesiredRow>
{
    /// <summary>The attributes that the row has columns for; shared between rows.</summary>
    internal string[] Names { get; init; } = [];

    /// <summary>The value of each, by position; null for an empty cell.</summary>
    internal string?[] Values { get; init; } = [];

    /// <summary>The row of a plan that the account is read for.</summary>
    internal AttributeDifference? Planned { get; init; }

    public DesiredRow MergeWith(DesiredRow later) => later;
}
