namespace TencentChat.Protocol;

/// <summary>The attributes to set on one account.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Names">The attribute names; the array may be shared between accounts.</param>
/// <param name="Values">The value of each name, by position; null leaves that attribute alone.</param>
internal readonly record struct AttributeChange(string UserId, string[] Names, string?[] Values);
