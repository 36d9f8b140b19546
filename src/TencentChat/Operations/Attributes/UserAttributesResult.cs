using TencentChat.Bulk;

namespace TencentChat.Operations.Attributes;

/// <summary>What became of one row that asked for an account's attributes.</summary>
public class UserAttributesResult : ChatResult, IBulkRow<UserAttributesResult>
{
    internal UserAttributesResult(long number, string userId, object? source)
        : base(number, userId, source)
    {
    }

    /// <summary>The account's attributes; empty when it has none, or when the row did not succeed.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Attributes { get; internal set; } = [];

    internal override bool OnlyReads => true;

    UserAttributesResult IBulkRow<UserAttributesResult>.MergeWith(UserAttributesResult later) => later;
}
