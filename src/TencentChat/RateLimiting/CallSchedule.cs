using System.Runtime.CompilerServices;

namespace TencentChat.RateLimiting;

/// <summary>
/// When the next call to an endpoint may start, as a function of what has happened and of the moment: spaced evenly, never
/// faster than the limit (P4), and no faster than the service lets calls through. Knows no clock and no thread.
/// </summary>
internal sealed class CallSchedule
{
    // Callers who stood in line while a timer was late, or the machine stood still, are made up for: else every hiccup
    // would cost throughput for good. Where others wait for the room, there is little to make up for.
    private const double SecondsToMakeUp = 0.5;
    private const double SecondsToMakeUpBelowLimit = 0.1;

    // Timers are too coarse to space what is made up for evenly: so many may start together, then one interval passes.
    private const int MostTogether = 3;

    // So full, a second may have been overfull: a call or two are not counted over there as they are here.
    private const double FullEnough = 0.985;

    // One refusal may be anything, and many at once are one. In three seconds of half a minute they are others, when there were
    // not nearly enough calls from here.
    private const double SecondsToForgetOthers = 30;
    private const double SecondsOfASign = 1;
    private const double SignsThatTellOfOthers = 2;
    private const double ShareThatTellsMost = 0.75;
    private const double LeastSign = 0.1;

    // A call that started after a refusal was known, and is refused as well, says that the rest of the service's second is full.
    // Then each call only asks whether it is over: the more rarely, the longer that goes on. Where answers come from so long
    // ago that the second is over by then, they are no guide.
    private const double SecondsBetweenQuestions = 0.05;
    private const double RoundTripsBetweenQuestions = 0.5;
    private const double MostBetweenQuestions = 0.15;
    private const double LongestRoundTripToAsk = 0.25;
    private const double SecondsToRememberRefusal = 1;

    private readonly double _limit;
    private readonly ArrivalDelay _delays = new();
    private readonly CallWindow _window;
    private readonly LearnedRate _rate;
    private double _nextStart = double.NegativeInfinity;
    private double _lastStart = double.NegativeInfinity;
    private int _together;
    private double _pause;
    private double _refusalKnownAt = double.NegativeInfinity;
    private double _signsOfOthers;
    private double _lastSign = double.NegativeInfinity;

    /// <param name="limit">Calls a second that the endpoint allows.</param>
    public CallSchedule(double limit)
    {
        _limit = limit;
        _window = new CallWindow(limit, _delays);
        _rate = new LearnedRate(limit, _delays);
    }

    /// <summary>The rate of a moment, in calls a second.</summary>
    public double RateAt(double now) => _rate.At(now);

    /// <summary>Whether calls were throttled in a way that calls from here alone do not explain.</summary>
    public bool AreOthersLikely(double now) => SignsOfOthersAt(now) >= SignsThatTellOfOthers;

    /// <summary>When the next call may start: now, when it is not later than that. What happens meanwhile may change it.</summary>
    public double EarliestStart(double now)
    {
        double rate = _rate.At(now);
        double spaced = _together < MostTogether ? _nextStart : Math.Max(_nextStart, _lastStart + (1 / rate));
        return Math.Max(Math.Max(spaced, _lastStart + _pause), _window.EarliestStart(now, rate));
    }

    /// <summary>Starts a call.</summary>
    /// <param name="now">The moment; not before <see cref="EarliestStart"/>.</param>
    /// <param name="hasWaited">Whether the call would have started sooner, had it been allowed to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public LimitedCall Start(double now, bool hasWaited)
    {
        _rate.Use(now);
        double rate = _rate.At(now);
        double makeUp = !hasWaited ? 0 : rate < _limit ? SecondsToMakeUpBelowLimit : SecondsToMakeUp;
        _nextStart = Math.Max(_nextStart, now - makeUp) + (1 / rate);
        _together = now - _lastStart >= 0.5 / rate ? 1 : _together + 1;
        _lastStart = now;
        var call = new LimitedCall(now, rate)
        {
            IsHeld = _rate.IsHeld,
            TimeLost = hasWaited && _rate.IsHeld ? (1 / rate) - (1 / _limit) : 0,
        };
        _window.Add(call);
        return call;
    }

    /// <summary>A call has ended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void End(LimitedCall call, CallEnd end, double now)
    {
        call.Delay = _delays.Learn(call, end, now);
        if (end != CallEnd.Throttled)
        {
            _pause = call.StartedAt >= _refusalKnownAt ? 0 : _pause;
            return;
        }

        LearnPause(call, now);
        _window.SetThrottled(call);
        double fullness = _window.FullnessBefore(call);
        _rate.Refuse(call, _window.CountLetThroughBefore(call), fullness >= FullEnough, now);
        double sign = Math.Clamp((1 - fullness) / (1 - ShareThatTellsMost), 0, 1);
        if (sign > LeastSign && now > _lastSign + SecondsOfASign)
        {
            (_signsOfOthers, _lastSign) = (SignsOfOthersAt(now) + sign, now);
        }
    }

    private void LearnPause(LimitedCall call, double now)
    {
        double roundTrip = _delays.RoundTrip ?? 0;
        bool isFirst = now > _refusalKnownAt + SecondsToRememberRefusal;
        if (roundTrip >= LongestRoundTripToAsk || (!isFirst && call.StartedAt <= _refusalKnownAt))
        {
            return;
        }

        // At a start the rate may be far too high.
        double first = Math.Max(SecondsBetweenQuestions, RoundTripsBetweenQuestions * roundTrip);
        _pause = isFirst && !_rate.IsStarting ? 0 : Math.Min(MostBetweenQuestions, Math.Max(first, isFirst ? 0 : _pause * 2));
        _refusalKnownAt = now;
    }

    private double SignsOfOthersAt(double now) => _signsOfOthers == 0 ? 0 : _signsOfOthers * Math.Exp((_lastSign - now) / SecondsToForgetOthers);
}
