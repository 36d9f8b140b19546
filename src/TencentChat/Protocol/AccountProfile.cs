namespace TencentChat.Protocol;

/// <summary>An account to import.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Nick">The nickname; null leaves it alone.</param>
/// <param name="FaceUrl">The address of the photo; null leaves it alone.</param>
internal readonly record struct AccountProfile(string UserId, string? Nick, string? FaceUrl);
