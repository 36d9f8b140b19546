using TencentChat.Errors;

namespace TencentChat.Calls;

/// <summary>What is left of a <see cref="RetryPolicy"/> for one call.</summary>
internal sealed class RetryBudget(RetryPolicy policy, TimeProvider time)
{
    // A throttled call did no work and the rate limiter has slowed down for it, so it is cheap to repeat: four of them weigh as
    // much as one fault.
    private const int UnitsPerFault = 4;
    private const int UnitsPerThrottle = 1;

    private readonly long _start = time.GetTimestamp();
    private int _unitsLeft = policy.MaxRetry * UnitsPerFault;
    private int _tries;

    /// <summary>Whether anything is repeated at all.</summary>
    public bool IsEmpty => policy.MaxRetry == 0;

    /// <summary>Takes one repeat from the budget.</summary>
    /// <param name="verdict">What became of the last try.</param>
    /// <param name="wait">How long to wait before the next try.</param>
    /// <returns>False when the budget is used up.</returns>
    public bool TryTake(Verdict verdict, out TimeSpan wait)
    {
        wait = NextWait(verdict.RetryAfter);
        if (IsEmpty)
        {
            return false;
        }

        TimeSpan left = policy.TotalTime - time.GetElapsedTime(_start);
        if (verdict.IsUnsent)
        {
            // Nobody's work is done twice, so only the time counts, and all of it: an outage is over when it is over.
            wait = wait < left ? wait : left;
            return left > TimeSpan.Zero;
        }

        _unitsLeft -= verdict.Error!.Class == ErrorClass.Throttle ? UnitsPerThrottle : UnitsPerFault;
        return _unitsLeft >= 0 && wait <= left;
    }

    /// <summary>The wait before another try that the budget is not asked for.</summary>
    public TimeSpan NextWait(TimeSpan? atLeast = null)
    {
        double longest = Math.Min(policy.BaseDelay.TotalSeconds * Math.Pow(2, _tries++), policy.MaxDelay.TotalSeconds);
        double seconds = longest * (1 - (policy.Jitter() / 2));
        return TimeSpan.FromSeconds(Math.Max(seconds, Math.Min(atLeast?.TotalSeconds ?? 0, policy.MaxDelay.TotalSeconds)));
    }
}
