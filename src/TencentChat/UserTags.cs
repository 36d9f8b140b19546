namespace TencentChat;

/// <summary>Tags of one user.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Tags">The tags, each 1 to 50 bytes of UTF-8.</param>
/// <param name="Source">Whatever the result should carry as its <see cref="Bulk.ChatResult.InputObject"/>.</param>
public sealed record UserTags(string UserId, IReadOnlyCollection<string> Tags, object? Source = null);
