using System.Runtime.CompilerServices;

namespace TencentChat.RateLimiting;

/// <summary>
/// How many calls a second the service lets through: the endpoint's limit, or what others leave of it. Nobody tells; there
/// are only calls that are throttled. So the rate climbs until one is, gives way by more the higher it is, and climbs again:
/// slowly where it was refused the last time, and fast once it is past that, for then there is room. Shares are of the limit.
/// </summary>
/// <remarks>
/// Additive increase and multiplicative decrease as of TCP, with the climb of its variant CUBIC: how fast depends on how far the
/// rate is from where it was refused. Who is alone again is so within seconds, and who is not looks for room so gently that few
/// calls are throttled. The figures were chosen in the simulation (see the tests) and are a compromise: a steeper climb uses more
/// of the limit and makes shares less alike, a gentler one the other way round.
/// </remarks>
internal sealed class LearnedRate
{
    // Others may be using up the limit, and then every call is one too many, until an answer says so.
    private const double ShareBeforeAnAnswer = 0.15;
    private const double CallsThatDoNoHarm = 5;
    private const double FirstShare = 0.3;
    private const double ShortestDoubling = 0.4;
    private const double LongestDoubling = 0.9;
    private const double RoundTripsToDouble = 2;

    // Whoever starts at the same time has gone as far too high.
    private const double CutAfterStart = 0.15;
    private const double LeastShareAfterStart = 0.1;

    // Who has more gives more, so that shares become alike.
    private const double LeastCut = 0.03;
    private const double CutPerShare = 0.08;

    // Calls of one's own that bunched up are no reason to leave room to others.
    private const double CutForOwnBunching = 0.02;
    private const double SecondsOfABunch = 0.3;

    // The service counts by the second: most of what it refuses in the rest of one it would refuse at any rate. So those
    // refusals are no reason for another cut, but they tell how much too high the rate was: about a call a second each.
    private const double SecondsOfAnEpisode = 0.75;
    private const double CutPerCall = 0.013;
    private const double MostCutAtOnce = 0.5;

    // Slowly near the mark, which is where calls were refused: it is probably still as it was. The longer ago that is, the less
    // sure it is. Whoever has little climbs little in this way, or many with little would be too much together.
    private const double ClimbBelowMark = 0.6;
    private const double ClimbBeyondMark = 1.8;
    private const double MarkForgottenPerSecond = 0.009;
    private const double ShareThatClimbsFastest = 0.7;
    private const double LeastClimbPerSecond = 0.0012;

    // Nobody's fair share is more than half, where there are others. Of what it gave, whoever has more takes no more than this
    // back with ease: it is for them.
    private const double Half = 0.5;
    private const double TakenBackAboveHalf = 0.3;

    // The later the answers, the more calls pay for a climb that went too far.
    private const double CautionPerSecondOfRoundTrip = 1.2;

    // Whoever has just come, or has little, is keen until calls of its own are throttled.
    private const double KeenClimbPerSecond = 0.05;
    private const double Cooling = 0.3;
    private const double ShareThatCools = 0.25;

    // Somebody may have gone, or the limit may be higher again: also whoever has next to nothing learns it.
    private const double SecondsToTryMore = 8;
    private const double TryMorePerSecond = 0.015;

    // What was learned says nothing after a long pause.
    private const double SecondsToForget = 10;

    private const double SlowestCallsPerSecond = 1;

    private readonly double _limit;
    private readonly double _least;
    private readonly ArrivalDelay _delays;
    private double _rate;
    private bool _hasAnswer;
    private double? _fullSince;
    private double _keenness;
    private double _mark;
    private double _cutPerCall;
    private double _now = double.NegativeInfinity;
    private double _lastUse = double.NegativeInfinity;
    private double _cutAt = double.NegativeInfinity;
    private double _refusedAt = double.NegativeInfinity;
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
        if (IsStarting)
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
    public bool IsHeld => !IsStarting && _rate < _limit;

    /// <summary>Whether nothing has been throttled since the first call, and the limit has not been reached yet.</summary>
    public bool IsStarting { get; private set; }

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
        if (IsStarting)
        {
            EndStart(letThrough, now);
        }
        else if (call.StartedAt <= _cutAt + SecondsOfAnEpisode)
        {
            _rate *= 1 - _cutPerCall;
        }
        else
        {
            Cut(rate, letThrough, isOwn, now);
        }

        _rate = Math.Clamp(_rate, _least, _limit);
    }

    private void EndStart(int letThrough, double now)
    {
        IsStarting = false;
        _keenness = 1;
        _rate = Math.Max(LeastShareAfterStart * _limit, Math.Min(_rate, letThrough)) * (1 - CutAfterStart);
        _mark = _rate;
        _cutAt = now;

        // What follows was under way already, at a rate that is history.
        _cutPerCall = 0;
    }

    private void Cut(double rate, int letThrough, bool isOwn, double now)
    {
        double share = rate / _limit;
        double cut = isOwn ? CutForOwnBunching : LeastCut + (CutPerShare * share);
        _rate = Math.Max(Math.Min(rate, letThrough + 1), rate * (1 - MostCutAtOnce)) * (1 - cut);
        _mark = share <= Half ? rate : _rate + (TakenBackAboveHalf * (rate - _rate));
        _cutPerCall = CutPerCall;
        double cools = share / ShareThatCools;
        _keenness *= Math.Pow(Cooling, Math.Min(2, cools * cools));
        _cutAt = now;
    }

    private double ClimbAt(double now)
    {
        double share = _rate / _limit;
        double roundTrip = _delays.RoundTrip ?? 0;
        double quiet = now - _refusedAt;
        double keen = KeenClimbPerSecond * _keenness * (1 - share);
        double fromMark = Math.Abs(_rate - _mark) / _limit;
        double unsure = fromMark + (MarkForgottenPerSecond * Math.Max(0, quiet - roundTrip));
        double pull = (_rate < _mark ? ClimbBelowMark : ClimbBeyondMark) * Math.Min(share, ShareThatClimbsFastest) * unsure / (1 + (CautionPerSecondOfRoundTrip * roundTrip));
        double more = TryMorePerSecond * Math.Max(0, quiet - SecondsToTryMore);
        return LeastClimbPerSecond + keen + pull + more;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ClimbAtStart(double elapsed, double now)
    {
        if (_delays.RoundTrip is not { } roundTrip)
        {
            return;
        }

        if (!_hasAnswer)
        {
            _hasAnswer = true;
            _rate = Math.Max(_rate, FirstShare * _limit);
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
            IsStarting = false;
            _refusedAt = now;
        }
    }

    private void Restart()
    {
        double atFirst = Math.Max(ShareBeforeAnAnswer * _limit, Math.Min(FirstShare * _limit, CallsThatDoNoHarm));
        _rate = Math.Max(atFirst, Math.Min(_limit, SlowestCallsPerSecond));
        IsStarting = true;
        _hasAnswer = false;
        _fullSince = null;
        _keenness = 0;
    }
}
