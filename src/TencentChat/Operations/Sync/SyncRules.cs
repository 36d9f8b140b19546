namespace TencentChat.Operations.Sync;

/// <summary>What a synchronization may do.</summary>
/// <param name="RemovalThreshold">The run ends before more users than this lose an attribute; 0 for no limit.</param>
/// <param name="Ask">Asked before a user is changed; the answer says why that may not be, and is null when it may.</param>
internal sealed record SyncRules(int RemovalThreshold, Func<DesiredUser, string?> Ask);
