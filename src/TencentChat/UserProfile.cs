namespace TencentChat;

/// <summary>An account to import.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Nick">The nickname, at most 500 bytes of UTF-8; null or empty leaves it alone.</param>
/// <param name="FaceUrl">The address of the photo, at most 500 bytes; null or empty leaves it alone.</param>
/// <param name="Source">Whatever the result should carry as its <see cref="Bulk.ChatResult.InputObject"/>.</param>
public sealed record UserProfile(string UserId, string? Nick = null, string? FaceUrl = null, object? Source = null);
