namespace TencentChat.Emulator.Options;

/// <summary>What a call that names one account twice comes to.</summary>
public enum DuplicateAccount
{
    /// <summary>The call is refused: 90001 for attributes and online status, 70402 in the login service.</summary>
    Refuse,

    /// <summary>The items are done in their order, each as if it stood alone.</summary>
    InOrder,
}
