namespace TencentChat.Emulator.Options;

/// <summary>What a call refused for one of its items has written of the others.</summary>
public enum RefusedCallEffect
{
    /// <summary>Nothing.</summary>
    WritesNothing,

    /// <summary>The items that stand before the first bad one.</summary>
    WritesItemsBefore,
}
