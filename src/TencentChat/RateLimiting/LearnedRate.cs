namespace TencentChat.RateLimiting;

/// <summary>
/// How many calls a second the service lets through: the endpoint's limit, or what others leave of it. Nobody tells; there
/// are only calls that are throttled. So the rate climbs until one is, gives way, and climbs again: the more slowly, the
/// longer that went on. Whoever has more than half gives way without being made to, and whoever has little stays keen.
/// Shares are of the limit.
/// </summary>
/// <remarks>
/// Additive increase and multiplicative decrease, with two additions. Without them no setting kept within all bounds at once in
/// the simulation (see the tests): use of the limit, calls throttled, and shares that are alike, also of runs that have just come.
/// </remarks>
internal sealed class LearnedRate
{
    // Others may be using up the limit, and then every call is one too many, until an answer says so.
    private const double FirstShare = 0.3;
    private const double ShortestDoubling = 0.2;
    private const double LongestDoubling = 1;
    private const double RoundTripsToDouble = 2;
    private const double LeastShareAfterStart = 0.08;

    // Who has more gives more and takes less, so that shares become alike.
    private const double LeastCut = 0.035;
    private const double CutPerShare = 0.075;
    private const double LeastClimbPerSecond = 0.0005;
    private const double ClimbPerSecond = 0.0064;

    // Whoever has just come, or has little, is keen until calls of its own are throttled.
    private const double KeenClimbPerSecond = 0.06;
    private const double Cooling = 0.5;
    private const double ShareThatCools = 0.25;

    // Calls of one's own that bunched up are no reason to leave room to others.
    private const double CutForOwnBunching = 0.02;
    private const double SecondsOfABunch = 0.3;

    // The service counts by the second: most of what it refuses in the rest of one it would refuse at any rate. So those
    // refusals are no reason for another cut, but they tell how much too high the rate was.
    private const double SecondsOfAnEpisode = 0.75;
    private const double CutPerCall = 0.003;
    private const double MostCutAtOnce = 0.5;

    // Refused at a lower rate than the last time, calls are in the way of somebody who takes more and more.
    private const double StillTheSame = 0.95;
    private const double CutInContention = 0.1;
    private const double FairAtMost = 0.5;
    private const double SecondsToGiveWay = 10;
    private const double GiveWayPerSecond = 0.03;

    // Somebody may have gone, or the limit may be higher again.
    private const double SecondsToTryMore = 5;
    private const double TryMorePerSecond = 0.015;
    private const double FastestClimbPerSecond = 0.1;

    // What was learned says nothing after a long pause.
    private const double SecondsToForget = 10;

    private const double SlowestCallsPerSecond = 1;

    private readonly double _limit;
    private readonly double _least;
    private readonly ArrivalDelay _delays;
    private double _rate;
    private bool _isStarting;
    private double? _fullSince;
    private double _keenness;
    private double _now = double.NegativeInfinity;
    private double _lastUse = double.NegativeInfinity;
    private double _cutAt = double.NegativeInfinity;
    private double _refusedAt = double.NegativeInfinity;
    private double _refusedRate;
    private double _contendedAt = double.NegativeInfinity;
    private double _bunchEndsAt = double.NegativeInfinity;

    public LearnedRate(double limit, ArrivalDelay delays)
    {
        _limit = limit;
        _least = Math.Min(SlowestCallsPerSecond, limit / 2);
        _delays = delays;
        Restart();
    }

    /// <summary>The calls a second that are allowed now.</summary>
    public double At(double now)
    {
        double elapsed = Math.Clamp(now - _now, 0, 1);
        _now = Math.Max(_now, now);
        if (_isStarting)
        {
            ClimbAtStart(elapsed, now);
        }
        else
        {
            _rate = Math.Min(_limit, _rate + (ClimbAt(now) * _limit * elapsed));
        }

        return _rate;
    }

    /// <summary>Whether throttled calls hold the rate below the limit.</summary>
    public bool IsHeld => !_isStarting && _rate < _limit;

    /// <summary>A call starts.</summary>
    public void Use(double now)
    {
        if (now > _lastUse + Math.Max(SecondsToForget, 5 / _limit))
        {
            Restart();
        }

        _lastUse = now;
    }

    /// <summary>The service refused a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="letThrough">How many calls it let through in the second before.</param>
    /// <param name="isOwn">Whether calls from here alone can be why: they may have bunched up on their way.</param>
    /// <param name="now">The moment.</param>
    public void Refuse(LimitedCall call, int letThrough, bool isOwn, double now)
    {
        double rate = Math.Min(At(now), call.Rate);
        if (call.StartedAt <= _bunchEndsAt)
        {
            return;
        }

        if (isOwn && _delays.IsLenient)
        {
            _delays.GiveMoreHeadroom();
            _bunchEndsAt = now + SecondsOfABunch;
            return;
        }

        _refusedAt = now;
        if (_isStarting)
        {
            _isStarting = false;
            _keenness = 1;
            _rate = Math.Max(LeastShareAfterStart * _limit, Math.Min(_rate, letThrough)) * (1 - LeastCut);
            _cutAt = now;
        }
        else if (call.StartedAt <= _cutAt + SecondsOfAnEpisode)
        {
            _rate -= CutPerCall * _limit;
        }
        else
        {
            Cut(rate, letThrough, isOwn, now);
        }

        _rate = Math.Clamp(_rate, _least, _limit);
    }

    private void Cut(double rate, int letThrough, bool isOwn, double now)
    {
        double share = rate / _limit;
        double cut = isOwn ? CutForOwnBunching : LeastCut + (CutPerShare * share);
        if (!isOwn && rate < StillTheSame * _refusedRate)
        {
            _contendedAt = now;
            cut += CutInContention * share;
        }

        _rate = Math.Max(Math.Min(rate, letThrough + 1), rate * (1 - MostCutAtOnce)) * (1 - cut);
        _refusedRate = rate;
        _keenness *= Math.Pow(Cooling, Math.Min(2, share / ShareThatCools));
        _cutAt = now;
    }

    private double ClimbAt(double now)
    {
        double share = _rate / _limit;
        if (share > FairAtMost && now < _contendedAt + SecondsToGiveWay)
        {
            return -GiveWayPerSecond;
        }

        double usual = LeastClimbPerSecond + (ClimbPerSecond * (1 - share) * (1 - share));
        double keen = KeenClimbPerSecond * _keenness * (1 - share);
        double more = TryMorePerSecond * Math.Max(0, now - _refusedAt - SecondsToTryMore);
        return Math.Min(FastestClimbPerSecond, usual + keen + more);
    }

    private void ClimbAtStart(double elapsed, double now)
    {
        if (_delays.RoundTrip is not { } roundTrip)
        {
            return;
        }

        _rate = Math.Min(_limit, _rate * Math.Pow(2, elapsed / Math.Clamp(roundTrip * RoundTripsToDouble, ShortestDoubling, LongestDoubling)));
        if (_rate < _limit)
        {
            return;
        }

        // Whether that was too much is known a second and an answer later.
        _fullSince ??= now;
        if (now > _fullSince + 1 + roundTrip)
        {
            _isStarting = false;
            _refusedAt = now;
        }
    }

    private void Restart()
    {
        _rate = Math.Max(FirstShare * _limit, Math.Min(_limit, SlowestCallsPerSecond));
        _isStarting = true;
        _fullSince = null;
        _keenness = 0;
    }
}
