using System.Runtime.CompilerServices;
using TencentChat.Calls;
using TencentChat.RateLimiting;

namespace TencentChat.Bulk;

/// <summary>The calls of a run, and what its rate limiters made of them. Any thread may ask and tell.</summary>
internal sealed class RunTraffic
{
    private readonly object _gate = new();
    private readonly Dictionary<RateLimiter, RateCourse> _courses = [];
    private int _calls;
    private int _throttledCalls;
    private double _secondsLost;
    private RateFall? _contention;

    /// <summary>Calls that were made, repeats included.</summary>
    public int Calls
    {
        get
        {
            lock (_gate)
            {
                return _calls;
            }
        }
    }

    /// <summary>Calls that the service refused for their number.</summary>
    public int ThrottledCalls
    {
        get
        {
            lock (_gate)
            {
                return _throttledCalls;
            }
        }
    }

    /// <summary>By how much longer the run has taken because the rate was lowered for throttled calls.</summary>
    public TimeSpan TimeLost
    {
        get
        {
            lock (_gate)
            {
                return TimeSpan.FromSeconds(_secondsLost);
            }
        }
    }

    /// <summary>The lowest rate that throttled calls have led to, in calls a second; null when they have not.</summary>
    public double? LowestRate
    {
        get
        {
            lock (_gate)
            {
                return _courses.Values.Min(course => course.Lowest);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CountStart(StartedCall call)
    {
        lock (_gate)
        {
            _calls++;
            _secondsLost += call.TimeLost;
            if (!_courses.TryGetValue(call.Limiter, out RateCourse? course))
            {
                _courses.Add(call.Limiter, course = new RateCourse());
            }

            course.Highest = Math.Max(course.Highest, call.Rate);
            course.Lowest = call.IsHeld ? Math.Min(course.Lowest ?? call.Rate, call.Rate) : course.Lowest;
        }
    }

    public void CountThrottled(RateLimiter limiter)
    {
        double? rate = limiter.AreOthersLikely ? limiter.CallsPerSecond : null;
        lock (_gate)
        {
            _throttledCalls++;
            _contention = rate is null ? _contention : new RateFall(_courses[limiter].Highest, rate.Value);
        }
    }

    /// <summary>
    /// How the rate had fallen when a call was last throttled in a way that this run alone does not explain. It is told once;
    /// null when there is nothing to tell.
    /// </summary>
    public RateFall? TakeContention()
    {
        lock (_gate)
        {
            RateFall? taken = _contention;
            _contention = null;
            return taken;
        }
    }

    private sealed class RateCourse
    {
        public double Highest { get; set; }

        public double? Lowest { get; set; }
    }
}
