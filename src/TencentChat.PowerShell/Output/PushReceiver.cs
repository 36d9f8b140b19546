namespace TencentChat.PowerShell.Output;

/// <summary>A user whom a push would reach.</summary>
/// <param name="UserId">The user.</param>
public sealed record PushReceiver(string UserId);
