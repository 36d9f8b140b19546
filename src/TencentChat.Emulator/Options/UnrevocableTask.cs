namespace TencentChat.Emulator.Options;

/// <summary>Which pushes cannot be revoked without an <c>OfflinePushInfo</c> (90053).</summary>
public enum UnrevocableTask
{
    /// <summary>Those for users who are online alone.</summary>
    OnlineOnly,

    /// <summary>Those that are kept for users who are offline.</summary>
    Kept,
}
