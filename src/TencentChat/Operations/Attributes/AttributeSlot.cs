namespace TencentChat.Operations.Attributes;

/// <summary>One of the app's ten attribute slots.</summary>
/// <param name="Slot">0 to 9.</param>
/// <param name="Name">The attribute's name, at most 50 bytes.</param>
/// <param name="AccountType">0: for user ids; 1: for registration ids (Push service only, page 60563).</param>
public sealed record AttributeSlot(int Slot, string Name, int AccountType);
