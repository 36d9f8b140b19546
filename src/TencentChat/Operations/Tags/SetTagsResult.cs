using TencentChat.Bulk;

namespace TencentChat.Operations.Tags;

/// <summary>What became of one row that says which tags a user should have.</summary>
public sealed class SetTagsResult : ChatResult, IBulkRow<SetTagsResult>
{
    internal SetTagsResult(long number, string userId, object? source)
        : base(number, userId, source)
    {
    }

    /// <inheritdoc/>
    public override string UserId => base.UserId;

    /// <inheritdoc/>
    public override ChatResultStatus Status => base.Status;

    /// <summary>The tags that the user has not and should have. Whether they were added, <see cref="ChatResult.Status"/> tells.</summary>
    public TagList Added { get; internal init; } = new([]);

    /// <summary>The tags that the user has and should not have. Whether they were removed, <see cref="ChatResult.Status"/> tells.</summary>
    public TagList Removed { get; internal init; } = new([]);

    /// <summary>The user's whole list, as it should be.</summary>
    internal string[] Desired { get; init; } = [];

    internal string[] ToAdd { get; init; } = [];

    internal string[] ToRemove { get; init; } = [];

    /// <summary>What changes, in words.</summary>
    internal string Changes => string.Join("; ", new[]
    {
        Added.Count == 0 ? null : $"add {string.Join(", ", Added)}",
        Removed.Count == 0 ? null : $"remove {string.Join(", ", Removed)}",
    }.Where(part => part is not null));

    // All rows of a user say the same.
    SetTagsResult IBulkRow<SetTagsResult>.MergeWith(SetTagsResult later) => later;
}
