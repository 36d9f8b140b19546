namespace TencentChat.RateLimiting;

/// <summary>
/// How late calls may have arrived. The service counts arrivals, not starts: calls that left on time bunch up when one of
/// them is held up on its way. The answer's lateness is the most that its call can have been late.
/// </summary>
internal sealed class ArrivalDelay
{
    /// <summary>No call is taken to be later than this: what takes longer was most likely counted before it waited.</summary>
    public const double Longest = 0.25;

    // The way may change, and with it the time of an idle one.
    private const double SecondsToRemember = 10;

    // Most of an answer's lateness may come after its call was counted. Headroom for all of it would cost far more than a
    // hundredth where answers take their time, so that much is given at first. A refusal doubles it for a while.
    private const double UsualHeadroom = 0.005;
    private const double SecondsToForget = 60;
    private const double LearningRate = 0.01;

    private double _shortestNow = double.PositiveInfinity;
    private double _shortestBefore = double.PositiveInfinity;
    private double _shortestSince = double.NegativeInfinity;
    private double _headroom = UsualHeadroom;
    private double _tolerated;
    private double _last;

    /// <summary>The shortest time from a start to its answer of late; null before the first answer.</summary>
    public double? RoundTrip => double.IsFinite(Shortest) ? Shortest : null;

    /// <summary>Whether part of the delays is left out of account just now.</summary>
    public bool IsLenient => _tolerated > 0.001;

    private double Shortest => Math.Min(_shortestNow, _shortestBefore);

    /// <summary>A call has ended.</summary>
    /// <returns>Its delay.</returns>
    public double Learn(LimitedCall call, CallEnd end, double now)
    {
        double took = now - call.StartedAt;
        if (end == CallEnd.Answered)
        {
            if (now > _shortestSince + SecondsToRemember)
            {
                (_shortestBefore, _shortestNow, _shortestSince) = (_shortestNow, double.PositiveInfinity, now);
            }

            // A refusal takes no work and may come back sooner than any answer.
            _shortestNow = Math.Min(_shortestNow, took);
        }

        double delay = Math.Clamp(took - Shortest, 0, Longest);
        if (end == CallEnd.Answered)
        {
            LearnHeadroom(delay, now);
        }

        return delay;
    }

    /// <summary>How much later than a second after its start a call may still be counted.</summary>
    public double HoldOf(LimitedCall call, double now)
    {
        double delay = call.Delay ?? Math.Clamp(now - call.StartedAt - Shortest, 0, Longest);
        return Math.Max(0, delay - _tolerated);
    }

    /// <summary>The service refused a call, and calls that bunched up may be why.</summary>
    public void GiveMoreHeadroom() => _headroom = Math.Min(Longest, _headroom * 2);

    private void LearnHeadroom(double delay, double now)
    {
        _headroom = UsualHeadroom + ((_headroom - UsualHeadroom) * Math.Exp((_last - now) / SecondsToForget));
        _last = now;

        // So much is left out that what remains is the headroom on average.
        _tolerated = Math.Clamp(_tolerated + (LearningRate * (Math.Max(0, delay - _tolerated) - _headroom)), 0, Longest);
    }
}
