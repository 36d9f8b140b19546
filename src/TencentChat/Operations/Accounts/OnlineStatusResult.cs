using TencentChat.Bulk;
using TencentChat.Protocol;

namespace TencentChat.Operations.Accounts;

/// <summary>What became of one row that asked whether an account is online.</summary>
public sealed class OnlineStatusResult : ChatResult, IBulkRow<OnlineStatusResult>
{
    internal OnlineStatusResult(long number, string userId, object? source)
        : base(number, userId, source)
    {
    }

    /// <inheritdoc/>
    public override string UserId => base.UserId;

    /// <inheritdoc/>
    public override ChatResultStatus Status => base.Status;

    /// <summary><c>Online</c>, <c>PushOnline</c> (in the background, kept 7 days) or <c>Offline</c> (page 35477); null when the row did not succeed.</summary>
    public string? State { get; internal set; }

    /// <summary>The devices, when they were asked for.</summary>
    public IReadOnlyList<OnlinePlatform> Platforms { get; internal set; } = new ResultList<OnlinePlatform>([]);

    internal override bool OnlyReads => true;

    OnlineStatusResult IBulkRow<OnlineStatusResult>.MergeWith(OnlineStatusResult later) => later;
}
