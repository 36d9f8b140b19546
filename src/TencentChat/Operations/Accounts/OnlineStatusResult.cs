using TencentChat.Bulk;
using TencentChat.Protocol;

namespace TencentChat.Operations.Accounts;

/// <summary>What became of one row that asked whether an account is online.</summary>
/// <param name="row">The row's number in the input, from 1.</param>
/// <param name="userId">The account.</param>
/// <param name="inputObject">The row as it came.</param>
public sealed class OnlineStatusResult(long row, string userId, object? inputObject) : ChatResult(row, userId, inputObject)
{
    /// <summary><c>Online</c>, <c>PushOnline</c> (in the background, kept 7 days) or <c>Offline</c> (page 35477); null when the row did not succeed.</summary>
    public string? State { get; internal set; }

    /// <summary>The devices, when they were asked for.</summary>
    public IReadOnlyList<OnlinePlatform> Platforms { get; internal set; } = [];
}
