namespace TencentChat.Protocol;

/// <summary>Tags of one account, to be added or removed.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Tags">The tags.</param>
internal readonly record struct TagChange(string UserId, ArraySegment<string> Tags);
