using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.Protocol;

namespace TencentChat.Operations.Sync;

/// <summary>What became of one row that says how an account should be. All rows of an account share one fate, since what they ask for is sent as one change.</summary>
public sealed class SyncResult : ChatResult, IBulkRow<SyncResult>, ISetsAttributes, IRemovesAttributes
{
    internal SyncResult(long number, string userId, object? source)
        : base(number, userId, source)
    {
    }

    /// <inheritdoc/>
    public override string UserId => base.UserId;

    /// <inheritdoc/>
    public override ChatResultStatus Status => base.Status;

    /// <summary>What was different of all that this row has the last word on. Whether it was changed, <see cref="ChatResult.Status"/> and <see cref="Done"/> tell.</summary>
    public IReadOnlyList<AttributeDifference> Changes { get; private set; } = AttributeDifferences.None;

    /// <summary>The part of <see cref="Changes"/> that was made.</summary>
    public IReadOnlyList<AttributeDifference> Done =>
        Change is { } change && Changes.Any(difference => change.IsDone(difference.Action)) ? new AttributeDifferences([.. Changes.Where(difference => change.IsDone(difference.Action))])
        : AttributeDifferences.None;

    /// <summary>What the row asks for; null once that is compared.</summary>
    internal RowWish? Wish { get; set; }

    /// <summary>What is changed of the user; null as long as that is not known, and when nothing is.</summary>
    internal UserChange? Change { get; set; }

    AttributeChange ISetsAttributes.ToSet => Change!.ToSet;

    AttributeRemoval IRemovesAttributes.ToRemove => Change!.ToRemove;

    SyncResult IBulkRow<SyncResult>.MergeWith(SyncResult later) => later;

    /// <summary>The row was compared.</summary>
    /// <param name="changes">What differs of all that it has the last word on.</param>
    /// <param name="overriddenBy">A later row that asks for something else; null when there is none.</param>
    internal void Compared(AttributeDifferences changes, SyncResult? overriddenBy)
    {
        Changes = changes;
        Note = overriddenBy is null ? null : $"Row {overriddenBy.Row} of this user says otherwise, and the last row wins.";
        Wish = null;
    }

    /// <summary>Settles the row as the one that was sent for its user.</summary>
    internal void Share(ChatResult sent) =>
        Settle(sent.Status, sent.Attempts, sent.Status == ChatResultStatus.Succeeded ? null : sent.Message, sent.Error);
}
