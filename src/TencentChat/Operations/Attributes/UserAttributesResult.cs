using TencentChat.Bulk;
using TencentChat.Operations.Sync;

namespace TencentChat.Operations.Attributes;

/// <summary>What became of one row that asked for an account's attributes.</summary>
/// <param name="row">The row's number in the input, from 1.</param>
/// <param name="userId">The account.</param>
/// <param name="inputObject">The row as it came.</param>
public sealed class UserAttributesResult(long row, string userId, object? inputObject) : ChatResult(row, userId, inputObject)
{
    /// <summary>The account's attributes; empty when it has none, or when the row did not succeed.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Attributes { get; internal set; } = [];

    /// <summary>The line of a plan that the account was read for.</summary>
    internal AttributeDifference? Planned { get; init; }
}
