namespace TencentChat.Protocol;

/// <summary>The attributes to remove from one account.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Names">The attribute names; the array may be shared between accounts.</param>
internal readonly record struct AttributeRemoval(string UserId, string[] Names);
