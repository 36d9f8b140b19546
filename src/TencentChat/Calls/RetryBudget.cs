using TencentChat.Errors;

namespace TencentChat.Calls;

/// <summary>What is left of a <see cref="RetryPolicy"/> for one call.</summary>
internal sealed class RetryBudget(RetryPolicy policy, TimeProvider time)
{
    // A throttled call did no work and the pacer has slowed down for it, so it is cheap to repeat:
    // four of them weigh as much as one fault.
    private const int UnitsPerFault = 4;
    private const int UnitsPerThrottle = 1;

    private readonly long _start = time.GetTimestamp();
    private int _unitsLeft = policy.MaxRetry * UnitsPerFault;
    private int _tries;

    /// <summary>Takes one repeat from the budget.</summary>
    /// <param name="errorClass">Why the last try failed.</param>
    /// <param name="wait">How long to wait before the next try.</param>
    /// <returns>False when the budget is used up.</returns>
    public bool TryTake(ErrorClass errorClass, out TimeSpan wait)
    {
        _unitsLeft -= errorClass == ErrorClass.Throttle ? UnitsPerThrottle : UnitsPerFault;
        double longest = Math.Min(policy.BaseDelay.TotalSeconds * Math.Pow(2, _tries++), policy.MaxDelay.TotalSeconds);
        wait = TimeSpan.FromSeconds(longest * (1 - (policy.Jitter() / 2)));
        return _unitsLeft >= 0 && time.GetElapsedTime(_start) + wait <= policy.TotalTime;
    }
}
