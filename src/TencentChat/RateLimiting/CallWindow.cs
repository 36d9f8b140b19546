namespace TencentChat.RateLimiting;

/// <summary>The calls of the last second, as the service may count them.</summary>
internal sealed class CallWindow(double limit, ArrivalDelay delays)
{
    // Clocks and timers of two machines don't run quite alike.
    private const double Guard = 0.0005;

    // As long as a call's answer may tell something of the calls before it.
    private const double SecondsToRemember = 3;

    private readonly int _most = (int)Math.Ceiling(limit);
    private readonly PriorityQueue<LimitedCall, double> _counted = new();
    private readonly Queue<LimitedCall> _recent = new();
    private int _throttled;

    /// <summary>When another call may start: never more than the limit within a second, nor more than the service lets through.</summary>
    public double EarliestStart(double now, double rate)
    {
        Settle(now);

        // What was refused the service does not count; but it was a call, and the limit is for calls.
        int allowed = rate >= limit ? _most : Math.Max(1, (int)Math.Floor(rate + 1e-9));
        return _counted.Count < _most && _counted.Count - _throttled < allowed ? double.NegativeInfinity
            : _counted.TryPeek(out _, out double next) ? next
            : double.NegativeInfinity;
    }

    public void Add(LimitedCall call)
    {
        _counted.Enqueue(call, call.StartedAt + 1 + Guard);
        _recent.Enqueue(call);
        while (_recent.Peek().StartedAt < call.StartedAt - SecondsToRemember)
        {
            _recent.Dequeue();
        }
    }

    public void SetThrottled(LimitedCall call)
    {
        call.IsThrottled = true;
        _throttled += call.IsPast ? 0 : 1;
    }

    /// <summary>How many calls the service let through in the second before a call.</summary>
    public int CountLetThroughBefore(LimitedCall call)
    {
        int count = 0;
        foreach (LimitedCall other in _recent)
        {
            count += !other.IsThrottled && other.StartedAt <= call.StartedAt && other.StartedAt > call.StartedAt - 1 ? 1 : 0;
        }

        return count;
    }

    /// <summary>How many calls may have arrived within the second before a call, of as many as the limit allows.</summary>
    public double FullnessBefore(LimitedCall call)
    {
        double from = call.StartedAt - 1;
        double to = call.StartedAt + (call.Delay ?? 0);
        int count = 0;
        foreach (LimitedCall other in _recent)
        {
            count += !other.IsThrottled && other.StartedAt <= to && other.StartedAt + (other.Delay ?? 0) > from ? 1 : 0;
        }

        return count / limit;
    }

    private void Settle(double now)
    {
        while (_counted.TryPeek(out LimitedCall? call, out double until) && until <= now)
        {
            // Only now is it known how late the call may have been.
            double real = call.StartedAt + 1 + Guard + delays.HoldOf(call, now);
            _counted.Dequeue();
            if (real > now)
            {
                _counted.Enqueue(call, real);
                continue;
            }

            call.IsPast = true;
            _throttled -= call.IsThrottled ? 1 : 0;
        }
    }
}
