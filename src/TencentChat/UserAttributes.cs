namespace TencentChat;

/// <summary>What is to be set for one account.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Attributes">Values by attribute name, each 1 to 50 bytes of UTF-8; an empty or missing value leaves the attribute alone.</param>
/// <param name="Source">Whatever the result should carry as its <see cref="Bulk.ChatResult.InputObject"/>.</param>
public sealed record UserAttributes(string UserId, IReadOnlyDictionary<string, string?> Attributes, object? Source = null);
