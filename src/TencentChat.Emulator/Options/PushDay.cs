namespace TencentChat.Emulator.Options;

/// <summary>The day over which pushes are counted.</summary>
public enum PushDay
{
    /// <summary>Any 24 hours.</summary>
    Rolling,

    /// <summary>From midnight to midnight, UTC.</summary>
    UtcDay,

    /// <summary>From midnight to midnight in Beijing (UTC+8).</summary>
    BeijingDay,
}
