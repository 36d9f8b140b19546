namespace TencentChat.RateLimiting;

/// <summary>What became of a call, as far as its rate limit is concerned.</summary>
internal enum CallEnd
{
    /// <summary>The service took it and answered, with whatever.</summary>
    Answered,

    /// <summary>The service refused it as one too many.</summary>
    Throttled,

    /// <summary>No answer came: nobody knows whether or when it arrived.</summary>
    Lost,
}
