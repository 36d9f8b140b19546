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

    // A timer that fires this late may be made up for, so that the pace holds on average and a long stall still never ends
    // in a burst. Less than the headroom of a second, so that no second gets more than the limit, however low that is.
    private const double SecondsToMakeUp = 0.02;

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
    private double _nextStart = double.NegativeInfinity;
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
    }

    private double Now => _time.GetElapsedTime(_origin).TotalSeconds;

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
    /// <returns>The moment of the start, to be handed to <see cref="Throttled"/> if the service refuses the call.</returns>
    public async ValueTask<double> WaitAsync(CancellationToken cancellationToken)
    {
        // Only the first in line looks at the rate: a cut reaches everyone who still waits behind it.
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            double wait = _nextStart - Now;
            if (wait > 0)
            {
                // Delays count in whole milliseconds and drop the rest: rounded up, no call leaves before its time.
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait * 1000)), _time, cancellationToken).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();

            // Not before the wait is over: who gives up meanwhile leaves no gap.
            double now = Now;
            _nextStart = Math.Max(_nextStart, now - SecondsToMakeUp) + (1 / CallsPerSecond);
            return now;
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
