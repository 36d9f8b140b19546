namespace TencentChat.Emulator.Options;

/// <summary>The edition of the emulated app, as far as the emulated commands depend on it.</summary>
public enum EmulatorPlan
{
    /// <summary>
    /// A trial app: account deletion is allowed (page 50301), a deleted account may be imported again at once, and an
    /// import beyond 100 imported accounts answers 70398 (page 34953).
    /// </summary>
    Trial,

    /// <summary>
    /// A paid app: account deletion answers 71000 until it is enabled (page 50301), and importing a deleted account
    /// again within three months answers 70399.
    /// </summary>
    Paid,
}
