namespace TencentChat.Calls;

/// <summary>How often and how long a call is repeated (P6). The waits grow exponentially and are jittered.</summary>
public sealed record RetryPolicy
{
    /// <summary>
    /// Repeats of one call that was sent, after its first try, 0 to 20; with 0 nothing is repeated. Throttled tries count a quarter.
    /// A call that cannot be sent, since there is no connection, is repeated for all of <see cref="TotalTime"/>. Default: 6.
    /// </summary>
    public int MaxRetry { get; init; } = 6;

    /// <summary>The wait before the first repeat. Default: 0.5 seconds; doubled for each further one.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest single wait. Default: 15 seconds.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>No repeat starts later than this after the first try. Default: 2 minutes.</summary>
    public TimeSpan TotalTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Gives numbers from 0 to 1 that shorten each wait by up to half, so that many callers don't return together.</summary>
    internal Func<double> Jitter { get; init; } = Random.Shared.NextDouble;

    /// <exception cref="Errors.ChatConfigurationException">A number or a time makes no sense.</exception>
    internal void Check()
    {
        if (MaxRetry is < 0 or > 20)
        {
            throw new Errors.ChatConfigurationException("A call can be repeated 0 to 20 times.");
        }

        if (BaseDelay < TimeSpan.Zero || MaxDelay < BaseDelay || TotalTime < TimeSpan.Zero)
        {
            throw new Errors.ChatConfigurationException("The waits between repeats cannot be negative, nor the first one longer than the longest.");
        }
    }
}
