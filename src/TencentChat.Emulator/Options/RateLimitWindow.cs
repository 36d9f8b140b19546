namespace TencentChat.Emulator.Options;

/// <summary>The span over which calls are counted against the rate limit.</summary>
public enum RateLimitWindow
{
    /// <summary>Any second: there is no moment at which more than the limit was let through in the second before.</summary>
    Sliding,

    /// <summary>Seconds that follow each other without overlap, so that twice the limit may pass around a boundary.</summary>
    Fixed,
}
