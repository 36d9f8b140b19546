using TencentChat.Bulk;

namespace TencentChat.Operations.Tags;

/// <summary>What became of one row that asked for a user's tags.</summary>
public sealed class UserTagsResult : ChatResult, IBulkRow<UserTagsResult>
{
    internal UserTagsResult(long number, string userId, object? source)
        : base(number, userId, source)
    {
    }

    /// <summary>The user's tags; empty when there are none, or when the row did not succeed.</summary>
    public IReadOnlyList<string> Tags { get; internal set; } = [];

    internal override bool OnlyReads => true;

    UserTagsResult IBulkRow<UserTagsResult>.MergeWith(UserTagsResult later) => later;
}
