namespace TencentChat.RateLimiting;

/// <summary>A call that a <see cref="RateLimiter"/> let start.</summary>
/// <param name="startedAt">When, in seconds of the limiter's clock.</param>
/// <param name="rate">The calls a second that were allowed then.</param>
internal sealed class LimitedCall(double startedAt, double rate)
{
    public double StartedAt => startedAt;

    /// <summary>The calls a second that were allowed when it started.</summary>
    public double Rate => rate;

    /// <summary>Whether throttled calls held that rate below the limit.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Seconds that it started later than the full rate would have let it, because calls had been throttled.</summary>
    public double TimeLost { get; init; }

    /// <summary>Seconds by which it may have arrived later than it would have on an idle way; null until it has ended.</summary>
    public double? Delay { get; set; }

    /// <summary>The service refused it, and so does not count it.</summary>
    public bool IsThrottled { get; set; }

    /// <summary>The second in which the service counts it is over.</summary>
    public bool IsPast { get; set; }
}
