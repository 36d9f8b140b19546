using System.Diagnostics.CodeAnalysis;

namespace TencentChat.Calls;

/// <summary>
/// Spaces the starts of the calls to one endpoint evenly, and never faster than it allows (P4).
/// A throttle answer halves the pace; it then climbs back by itself.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore that is disposed of leaves those who wait in it waiting for ever, and it holds nothing.")]
internal sealed class Pacer
{
    // The service counts what arrives, and arrivals jitter: calls that left on time can bunch up on the way.
    // Three in a hundred are left free for that.
    private const double Headroom = 0.97;

    // The first calls open connections and meet code that was never run: they arrive late and would bunch up with the next.
    private const double SecondsAtHalfPace = 0.2;

    // Callers who stood in line while a timer was late, or the machine stood still, are made up for: else every hiccup
    // would cost throughput for good. An endpoint that nobody asked for has nothing to make up.
    private const double SecondsToMakeUp = 0.5;

    // Timers are too coarse to space what is made up for evenly: so many may start together, then one interval passes.
    private const int MostTogether = 3;

    // The service counts by the second: what it refuses in the rest of that second says nothing of the new pace.
    private const double SecondsOfAnEpisode = 1;

    private const double SlowestCallsPerSecond = 1;
    private const double SecondsToDouble = 2;
    private const double FastClimbEndsAt = 0.9;
    private const double SlowClimbPerSecond = 0.02;

    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly double _fullRate;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly object _gate = new();
    private readonly Queue<double> _lastSecond = new();
    private readonly int _mostPerSecond;
    private double _nextStart = double.NegativeInfinity;
    private double _lastStart = double.NegativeInfinity;
    private int _together;
    private double _firstStart = double.PositiveInfinity;
    private double _rateAfterCut;
    private double _rateRefused;
    private double _cutAt;

    /// <param name="callsPerSecond">What the endpoint allows.</param>
    /// <param name="time">The clock.</param>
    public Pacer(double callsPerSecond, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(callsPerSecond);
        _time = time;
        _origin = time.GetTimestamp();
        _fullRate = callsPerSecond * Headroom;
        _rateAfterCut = _rateRefused = _fullRate;
        _mostPerSecond = (int)Math.Ceiling(_fullRate);
    }

    /// <summary>The moment, as <see cref="Throttled"/> wants it: seconds since the pacer was made.</summary>
    public double Now => _time.GetElapsedTime(_origin).TotalSeconds;

    /// <summary>The pace of this moment, in calls a second.</summary>
    public double CallsPerSecond
    {
        get
        {
            lock (_gate)
            {
                return RateAt(Now);
            }
        }
    }

    /// <summary>Whether a throttle answer holds the pace below its full rate just now.</summary>
    public bool IsSlowed => CallsPerSecond < _fullRate;

    /// <summary>Waits for this call's turn to start.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        // Only the first in line looks at the rate: a cut reaches everyone who still waits behind it.
        bool stoodInLine = !_turn.Wait(0, CancellationToken.None);
        if (stoodInLine)
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            double interval = (Now < _firstStart + SecondsAtHalfPace ? 2 : 1) / CallsPerSecond;
            double wait = EarliestStart(interval) - Now;
            if (wait > 0)
            {
                // Delays count in whole milliseconds and drop the rest: rounded up, no call leaves before its time.
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait * 1000)), _time, cancellationToken).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();

            // Not before the wait is over: who gives up meanwhile leaves no gap.
            double now = Now;
            double makeUp = stoodInLine || wait > 0 ? SecondsToMakeUp : 0;
            _nextStart = Math.Max(_nextStart, now - makeUp) + interval;
            _lastStart = now;
            _together = wait > 0 ? 1 : _together + 1;
            _lastSecond.Enqueue(now);
            _firstStart = Math.Min(_firstStart, now);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The service answered "too many" to a call that started at <paramref name="startedAt"/>.</summary>
    /// <returns>
    /// True when the pace was cut. False when the call had left before the last cut or less than a second after it: it says
    /// nothing new.
    /// </returns>
    public bool Throttled(double startedAt)
    {
        lock (_gate)
        {
            if (_rateAfterCut < _fullRate && startedAt <= _cutAt + SecondsOfAnEpisode)
            {
                return false;
            }

            double now = Now;
            _rateRefused = RateAt(now);
            _rateAfterCut = Math.Max(Math.Min(SlowestCallsPerSecond, _fullRate / 2), _rateRefused / 2);
            _cutAt = now;
            return true;
        }
    }

    // On the grid of the pace; and however much there is to make up, no second gets more than the limit.
    private double EarliestStart(double interval)
    {
        while (_lastSecond.Count >= _mostPerSecond && _lastSecond.Peek() + 1 <= Now)
        {
            _lastSecond.Dequeue();
        }

        double roomInSecond = _lastSecond.Count < _mostPerSecond ? double.NegativeInfinity : _lastSecond.Peek() + 1;
        double distance = _together < MostTogether ? double.NegativeInfinity : _lastStart + interval;
        return Math.Max(Math.Max(_nextStart, distance), roomInSecond);
    }

    // Fast up to just below the rate that was refused, then carefully: a limit lower than the documented one
    // would otherwise be run into again every other second.
    private double RateAt(double now)
    {
        if (_rateAfterCut >= _fullRate)
        {
            return _fullRate;
        }

        double elapsed = now - _cutAt;
        double knee = Math.Max(_rateAfterCut, _rateRefused * FastClimbEndsAt);
        double secondsToKnee = SecondsToDouble * Math.Log2(knee / _rateAfterCut);
        double rate = elapsed < secondsToKnee
            ? _rateAfterCut * Math.Pow(2, elapsed / SecondsToDouble)
            : knee + ((elapsed - secondsToKnee) * SlowClimbPerSecond * _fullRate);
        return Math.Min(_fullRate, rate);
    }
}
