using TencentChat.RateLimiting;

namespace TencentChat.Tests.RateLimiting;

/// <summary>A run in a process of its own: it makes calls as fast as its rate limiter lets it, and repeats those that are throttled.</summary>
internal sealed class SimulatedRun
{
    // As a run with the default options.
    public const int MostInFlight = 128;

    private readonly Dictionary<int, int> _answered = [];
    private readonly Dictionary<int, int> _throttled = [];

    public CallSchedule Schedule { get; } = new(100);

    /// <summary>When it begins.</summary>
    public double From { get; init; }

    /// <summary>When it makes no further call.</summary>
    public double Until { get; init; } = double.PositiveInfinity;

    /// <summary>How many calls it has to make.</summary>
    public int Calls { get; init; } = int.MaxValue;

    /// <summary>When it ended; not a number while it goes on.</summary>
    public double EndedAt { get; set; } = double.NaN;

    /// <summary>Whether its rate limiter ever saw reason to think that it is not alone.</summary>
    public bool EverSawOthers { get; set; }

    public int Answered { get; private set; }

    public int Throttled { get; private set; }

    /// <summary>The most tries that one call took.</summary>
    public int MostTries { get; private set; }

    // What the simulation keeps of it.
    public int Issued { get; set; }

    public int InFlight { get; set; }

    public Queue<int> Repeats { get; } = new();

    public bool IsTimerSet { get; set; }

    public double StandsStillUntil { get; set; }

    public bool HasEnded => !double.IsNaN(EndedAt);

    public double ThrottledShare => Throttled / (double)Math.Max(1, Answered + Throttled);

    public bool IsThere(double moment) => From <= moment && !(EndedAt < moment);

    /// <summary>How many of its calls passed within seconds.</summary>
    public int AnsweredIn(int from, int to) => Sum(_answered, from, to);

    /// <summary>How many of its calls were throttled within seconds.</summary>
    public int ThrottledIn(int from, int to) => Sum(_throttled, from, to);

    public void Count(double now, bool hasPassed, int tries)
    {
        Dictionary<int, int> counts = hasPassed ? _answered : _throttled;
        int second = (int)Math.Floor(now);
        counts[second] = counts.GetValueOrDefault(second) + 1;
        Answered += hasPassed ? 1 : 0;
        Throttled += hasPassed ? 0 : 1;
        MostTries = Math.Max(MostTries, tries);
    }

    private static int Sum(Dictionary<int, int> counts, int from, int to)
    {
        int sum = 0;
        for (int second = from; second < to; second++)
        {
            sum += counts.GetValueOrDefault(second);
        }

        return sum;
    }
}
