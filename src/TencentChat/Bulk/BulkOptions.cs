namespace TencentChat.Bulk;

/// <summary>How a bulk run divides its input, and how much of it may be under way.</summary>
public sealed record BulkOptions
{
    /// <summary>
    /// How many batches may be under way when nobody says otherwise. The rate limiter alone then decides how many calls are in
    /// flight (calls a second × seconds of latency); this bound covers 1.28 seconds of latency at 100 calls a second.
    /// </summary>
    public const int DefaultThrottleLimit = 128;

    /// <summary>Rows sent together, from 1; null, or more than the command takes, for as many as it takes (100 for most, page 37170).</summary>
    public int? BatchSize { get; init; }

    /// <summary>The most calls in flight at a time, from 1.</summary>
    public int ThrottleLimit { get; init; } = DefaultThrottleLimit;

    /// <summary>How long the first row of a partial batch waits for company before the batch is sent as it is.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The most batches between the input and the output: those under way, and those that wait for a slower one before
    /// them. When it is reached the input waits, so memory depends on this and not on the input (P5).
    /// </summary>
    internal int Capacity => Math.Max(2 * ThrottleLimit, 8);

    /// <summary>
    /// The most batches that wait for their first call: a thousand rows, a tenth of a second's worth at the service's limit.
    /// More would cost memory, and time: whatever waits is moved about by every garbage collection, which holds up the calls.
    /// </summary>
    internal static int MostUnsent(int batchSize) => Math.Max(1, 1000 / batchSize);

    /// <exception cref="Errors.ChatConfigurationException">An option makes no sense.</exception>
    internal void Check()
    {
        if (BatchSize < 1)
        {
            throw new Errors.ChatConfigurationException("The batch size must be at least 1; leave it null for as many rows as the command takes.");
        }

        if (ThrottleLimit < 1)
        {
            throw new Errors.ChatConfigurationException("The throttle limit must be at least 1 call in flight.");
        }

        if (Linger <= TimeSpan.Zero)
        {
            throw new Errors.ChatConfigurationException("A partial batch must wait for longer than no time at all.");
        }
    }
}
