namespace TencentChat.Operations.Push;

/// <summary>A push that was withdrawn. Devices that show it already keep it, unless it was overwritten.</summary>
/// <param name="TaskId">What the push is known by.</param>
public sealed record PushRevocation(string TaskId);
