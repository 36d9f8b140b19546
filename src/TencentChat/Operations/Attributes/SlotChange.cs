namespace TencentChat.Operations.Attributes;

/// <summary>A slot that gets another name.</summary>
/// <param name="Slot">The slot as it will be.</param>
/// <param name="OldName">The name that it has now; null when it is free.</param>
internal sealed record SlotChange(AttributeSlot Slot, string? OldName);
