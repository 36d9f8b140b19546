namespace TencentChat.Protocol;

/// <summary>What the service answered. Code 0 does not mean that every account succeeded.</summary>
internal sealed class ChatReply
{
    /// <summary>The code of the whole call; 0 is success.</summary>
    internal required int ErrorCode { get; init; }

    /// <summary><c>OK</c> or <c>FAIL</c>; some commands leave it out.</summary>
    internal string? ActionStatus { get; init; }

    /// <summary>The service's own words, already cleaned of control characters and secrets; null when there are none.</summary>
    internal string? ErrorInfo { get; init; }

    /// <summary>Results by account (<c>UserAttrs</c>, <c>UserTags</c>, <c>ResultItem</c>, <c>QueryResult</c>), in no particular order.</summary>
    internal IReadOnlyList<ReplyItem> Items { get; init; } = [];

    /// <summary>The accounts of <c>ErrorList</c>.</summary>
    internal IReadOnlyList<ReplyItem> Errors { get; init; } = [];

    /// <summary>The accounts that an import refused; the service gives no reason.</summary>
    internal IReadOnlyList<string> FailAccounts { get; init; } = [];

    /// <summary>What a push is known by; null when the reply has none.</summary>
    internal string? TaskId { get; init; }

    /// <summary>What all of these say, by account.</summary>
    internal required ReplyIndex Accounts { get; init; }

    /// <summary>Attribute names by slot, when the reply has them.</summary>
    internal IReadOnlyDictionary<int, string>? AttributeNames { get; init; }

    /// <summary>Account types by slot, when the reply has them: 0 user id, 1 registration id.</summary>
    internal IReadOnlyDictionary<int, int>? AttributeTypes { get; init; }
}
