namespace TencentChat.Emulator.Options;

/// <summary>What the rate limit counts together.</summary>
public enum RateLimitScope
{
    /// <summary>Each command has its own count.</summary>
    Endpoint,

    /// <summary>All commands of the app share one count, held to the limit of the command called.</summary>
    App,
}
