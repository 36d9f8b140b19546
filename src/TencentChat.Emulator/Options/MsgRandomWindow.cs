namespace TencentChat.Emulator.Options;

/// <summary>How long the same <c>MsgRandom</c> means the same push.</summary>
public enum MsgRandomWindow
{
    /// <summary>One second, as page 37166 has it today.</summary>
    OneSecond,

    /// <summary>Seven days, as older texts have it.</summary>
    SevenDays,
}
