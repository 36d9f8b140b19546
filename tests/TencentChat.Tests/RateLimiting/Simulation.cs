using TencentChat.RateLimiting;

namespace TencentChat.Tests.RateLimiting;

/// <summary>
/// Runs on one app in virtual time, each with a rate limiter of its own that knows of the others only by what is throttled.
/// What happens when is a matter of the seed: jitter, late timers, machines that stand still.
/// </summary>
internal sealed class Simulation
{
    private readonly PriorityQueue<Event, (double At, long Number)> _events = new();
    private readonly Random _random;
    private readonly SimulatedConditions _conditions;
    private readonly IReadOnlyList<SimulatedRun> _runs;
    private readonly SimulatedService _service;
    private double _now;
    private double _serviceStandsStillUntil;
    private long _eventsMade;

    public Simulation(int seed, SimulatedConditions conditions, IReadOnlyList<SimulatedRun> runs)
    {
        _random = new Random(seed);
        _conditions = conditions;
        _runs = runs;
        _service = new SimulatedService(conditions, _random.NextDouble());
        foreach (SimulatedRun run in runs)
        {
            At(run.From, new Event(Kind.Begin, run));
            Stall(Kind.ClientStall, run, run.From, conditions.ClientStalls.PerSecond);
        }

        Stall(Kind.ServiceStall, null, 0, conditions.ServiceStalls.PerSecond);
    }

    private enum Kind
    {
        Begin,
        Start,
        Arrive,
        Answer,
        Repeat,
        ClientStall,
        ServiceStall,
    }

    /// <summary>Lets the runs go on until they have ended, or until a moment.</summary>
    public void Run(double until)
    {
        while (_runs.Any(run => !run.HasEnded) && _events.TryPeek(out Event happening, out (double At, long Number) order) && order.At <= until)
        {
            _events.Dequeue();
            _now = order.At;
            Happen(happening);
        }
    }

    private void Happen(Event happening)
    {
        switch (happening.Kind)
        {
            case Kind.Begin:
                SetTimer(happening.Run!);
                break;
            case Kind.Start:
                Start(happening.Run!, happening);
                break;
            case Kind.Arrive:
                Arrive(happening.Run!, happening);
                break;
            case Kind.Answer:
                Answer(happening.Run!, happening);
                break;
            case Kind.Repeat:
                happening.Run!.Repeats.Enqueue(happening.Tries + 1);
                SetTimer(happening.Run);
                break;
            case Kind.ClientStall:
                happening.Run!.StandsStillUntil = Math.Max(happening.Run.StandsStillUntil, _now + Exponential(_conditions.ClientStalls.Mean));
                Stall(Kind.ClientStall, happening.Run, _now, _conditions.ClientStalls.PerSecond);
                break;
            default:
                _serviceStandsStillUntil = Math.Max(_serviceStandsStillUntil, _now + Exponential(_conditions.ServiceStalls.Mean));
                Stall(Kind.ServiceStall, null, _now, _conditions.ServiceStalls.PerSecond);
                break;
        }
    }

    // As the rate limiter waits: in whole milliseconds, and then it looks again.
    private void SetTimer(SimulatedRun run)
    {
        if (run.IsTimerSet || run.HasEnded)
        {
            return;
        }

        bool hasMore = run.Repeats.Count > 0 || (run.InFlight < SimulatedRun.MostInFlight && run.Issued < run.Calls && _now < run.Until);
        if (!hasMore)
        {
            run.EndedAt = run.InFlight == 0 ? _now : double.NaN;
            return;
        }

        run.IsTimerSet = true;
        double wait = run.Schedule.EarliestStart(_now) - _now;
        At(wait <= 0 ? _now : _now + (Math.Ceiling(wait * 1000) / 1000) + (_random.NextDouble() * _conditions.TimerLateness), new Event(Kind.Start, run));
    }

    private void Start(SimulatedRun run, Event start)
    {
        if (IsPutOff(start, run.StandsStillUntil, 0.001))
        {
            return;
        }

        run.IsTimerSet = false;
        if (run.Schedule.EarliestStart(_now) > _now)
        {
            SetTimer(run);
            return;
        }

        if (!run.Repeats.TryDequeue(out int tries))
        {
            tries = 1;
            run.Issued++;
            run.InFlight++;
        }

        double there = (_conditions.RoundTrip * _conditions.ShareOfWayThere) + Exponential(_conditions.Jitter);
        At(_now + there, new Event(Kind.Arrive, run, run.Schedule.Start(_now, hasWaited: true), tries));
        SetTimer(run);
    }

    private void Arrive(SimulatedRun run, Event arrival)
    {
        if (IsPutOff(arrival, _serviceStandsStillUntil, 1e-6))
        {
            return;
        }

        bool hasPassed = _service.TryPass(_now);
        run.Count(_now, hasPassed, arrival.Tries);
        double back = (_conditions.RoundTrip * (1 - _conditions.ShareOfWayThere)) + Exponential(_conditions.Jitter) + (_random.NextDouble() * _conditions.Work);
        At(_now + back, arrival with { Kind = Kind.Answer, HasPassed = hasPassed });
    }

    private void Answer(SimulatedRun run, Event answer)
    {
        if (IsPutOff(answer, run.StandsStillUntil, 0.001))
        {
            return;
        }

        run.Schedule.End(answer.Call!, answer.HasPassed ? CallEnd.Answered : CallEnd.Throttled, _now);
        run.EverSawOthers |= !answer.HasPassed && run.Schedule.AreOthersLikely(_now);
        if (answer.HasPassed)
        {
            run.InFlight--;
        }
        else
        {
            // As a run with the default retry policy.
            double longest = Math.Min(0.5 * Math.Pow(2, answer.Tries - 1), 15);
            At(_now + (longest * (1 - (_random.NextDouble() / 2))), answer with { Kind = Kind.Repeat });
        }

        SetTimer(run);
    }

    private bool IsPutOff(Event happening, double until, double spread)
    {
        if (_now >= until)
        {
            return false;
        }

        At(until + (_random.NextDouble() * spread), happening);
        return true;
    }

    private void Stall(Kind kind, SimulatedRun? run, double from, double perSecond)
    {
        if (perSecond > 0)
        {
            At(from + Exponential(1 / perSecond), new Event(kind, run));
        }
    }

    private void At(double moment, Event happening) => _events.Enqueue(happening, (moment, _eventsMade++));

    private double Exponential(double mean) => -Math.Log(1 - _random.NextDouble()) * mean;

    private readonly record struct Event(Kind Kind, SimulatedRun? Run, LimitedCall? Call = null, int Tries = 0, bool HasPassed = false);
}
