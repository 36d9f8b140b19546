namespace TencentChat.Protocol;

/// <summary>What the service answered about one account.</summary>
internal sealed class ReplyItem
{
    /// <summary>The account, as the service wrote it.</summary>
    internal required string UserId { get; init; }

    /// <summary>The account's own code; 0 is success.</summary>
    internal int Code { get; init; }

    /// <summary>The account failed and the service gives no code for it (<c>FailAccounts</c>).</summary>
    internal bool IsRefused { get; init; }

    /// <summary>The service's own words, already cleaned; null when there are none.</summary>
    internal string? Info { get; init; }

    /// <summary>The account's attributes as they came, without those whose value is null; null when no list of attributes names the
    /// account. Of a repeated name the last value is in it.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>>? Attributes { get; init; }

    /// <summary>The account's tags as they came; null when no list of tags names the account.</summary>
    internal IReadOnlyList<string>? Tags { get; init; }

    /// <summary><c>Imported</c> or <c>NotImported</c>.</summary>
    internal string? AccountStatus { get; init; }

    /// <summary><c>Online</c>, <c>PushOnline</c> or <c>Offline</c>.</summary>
    internal string? OnlineState { get; init; }

    /// <summary>The devices, when they were asked for.</summary>
    internal IReadOnlyList<OnlinePlatform>? Details { get; init; }

    internal bool IsFailure => IsRefused || Code != 0;

    internal bool SaysTheSameAs(ReplyItem other) => Code == other.Code && AccountStatus == other.AccountStatus && OnlineState == other.OnlineState
        && (Tags ?? []).ToHashSet(StringComparer.Ordinal).SetEquals(other.Tags ?? [])
        && (Attributes ?? []).OrderBy(one => one.Key, StringComparer.Ordinal).SequenceEqual((other.Attributes ?? []).OrderBy(one => one.Key, StringComparer.Ordinal));
}
