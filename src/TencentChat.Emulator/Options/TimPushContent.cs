namespace TencentChat.Emulator.Options;

/// <summary>What <c>v4/timpush/push</c> must hold.</summary>
public enum TimPushContent
{
    /// <summary>A notification (<c>OfflinePushInfo</c>, page 60561), a message (<c>MsgBody</c>, page 67814), or both.</summary>
    Either,

    /// <summary>A notification, and no message.</summary>
    Notification,

    /// <summary>A message, with or without a notification.</summary>
    Message,
}
