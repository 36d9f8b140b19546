using System.Diagnostics.CodeAnalysis;

namespace TencentChat.RateLimiting;

/// <summary>
/// Lets the calls to one endpoint start, one after the other, when its <see cref="CallSchedule"/> says so: never faster than
/// the endpoint allows, and no faster than the service lets them through (P4).
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore that is disposed of leaves those who wait in it waiting for ever, and it holds nothing.")]
internal sealed class RateLimiter
{
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly CallSchedule _schedule;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly object _gate = new();

    /// <param name="callsPerSecond">What the endpoint allows.</param>
    /// <param name="time">The clock.</param>
    public RateLimiter(double callsPerSecond, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(callsPerSecond);
        _time = time;
        _origin = time.GetTimestamp();
        _schedule = new CallSchedule(callsPerSecond);
        Limit = callsPerSecond;
    }

    /// <summary>What the endpoint allows, in calls a second.</summary>
    public double Limit { get; }

    /// <summary>The rate of this moment, in calls a second.</summary>
    public double CallsPerSecond
    {
        get
        {
            lock (_gate)
            {
                return _schedule.RateAt(Now);
            }
        }
    }

    /// <summary>Whether there is reason to think that somebody else calls the endpoint, or that it allows less than it should.</summary>
    public bool AreOthersLikely
    {
        get
        {
            lock (_gate)
            {
                return _schedule.AreOthersLikely(Now);
            }
        }
    }

    private double Now => _time.GetElapsedTime(_origin).TotalSeconds;

    /// <summary>Waits for this call's turn to start.</summary>
    /// <returns>The call, to be given back to <see cref="End"/>.</returns>
    public async ValueTask<LimitedCall> WaitAsync(CancellationToken cancellationToken)
    {
        // Only the first in line looks at the schedule: what is learned meanwhile reaches everyone who waits behind it.
        bool hasWaited = !_turn.Wait(0, CancellationToken.None);
        if (hasWaited)
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                double wait;
                lock (_gate)
                {
                    double now = Now;
                    wait = _schedule.EarliestStart(now) - now;
                    if (wait <= 0)
                    {
                        // Not before the wait is over: who gives up meanwhile leaves no gap.
                        return _schedule.Start(now, hasWaited);
                    }
                }

                hasWaited = true;

                // Delays count in whole milliseconds and drop the rest: rounded up, no call leaves before its time.
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait * 1000)), _time, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A call has ended: what became of it says how many the service lets through.</summary>
    public void End(LimitedCall call, CallEnd end)
    {
        lock (_gate)
        {
            _schedule.End(call, end, Now);
        }
    }
}
