using TencentChat.Bulk;

namespace TencentChat.Operations.Sync;

/// <summary>What became of one row that says how an account should be.</summary>
/// <param name="row">The row's number in the input, from 1.</param>
/// <param name="userId">The account.</param>
/// <param name="inputObject">The row as it came.</param>
public sealed class SyncResult(long row, string userId, object? inputObject) : ChatResult(row, userId, inputObject)
{
    /// <summary>What was different. Whether it was changed, <see cref="ChatResult.Status"/> and <see cref="Done"/> tell.</summary>
    public IReadOnlyList<AttributeDifference> Changes { get; internal init; } = [];

    /// <summary>The part of <see cref="Changes"/> that was made.</summary>
    public IReadOnlyList<AttributeDifference> Done { get; private set; } = [];

    internal void MarkDone(AttributeAction action) => Done = [.. Done, .. Changes.Where(change => change.Action == action)];
}
