using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.Protocol;

namespace TencentChat.Operations.Sync;

/// <summary>What became of one row that says how an account should be.</summary>
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

    /// <summary>What was different. Whether it was changed, <see cref="ChatResult.Status"/> and <see cref="Done"/> tell.</summary>
    public IReadOnlyList<AttributeDifference> Changes { get; internal init; } = [];

    /// <summary>The part of <see cref="Changes"/> that was made.</summary>
    public IReadOnlyList<AttributeDifference> Done { get; private set; } = [];

    AttributeChange ISetsAttributes.ToSet
    {
        get
        {
            AttributeDifference[] set = [.. Changes.Where(change => change.Action == AttributeAction.Set)];
            return new(UserId, Array.ConvertAll(set, change => change.Name), Array.ConvertAll(set, change => change.Desired));
        }
    }

    AttributeRemoval IRemovesAttributes.ToRemove => new(
        UserId, [.. Changes.Where(change => change.Action == AttributeAction.Remove).Select(change => change.Name)]);

    SyncResult IBulkRow<SyncResult>.MergeWith(SyncResult later) => new(later.Row, later.UserId, later.InputObject)
    {
        Changes = [.. Changes.Where(earlier => !later.Changes.Any(change => change.Name == earlier.Name)), .. later.Changes],
    };

    internal bool Has(AttributeAction action) => Changes.Any(change => change.Action == action);

    internal void MarkDone(AttributeAction action) => Done = [.. Done, .. Changes.Where(change => change.Action == action)];
}
