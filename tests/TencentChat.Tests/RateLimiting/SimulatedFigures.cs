using System.Globalization;

namespace TencentChat.Tests.RateLimiting;

/// <summary>What came of simulated schedules, on average and at worst.</summary>
internal sealed class SimulatedFigures
{
    private readonly List<double> _use = [];
    private readonly List<double> _throttled = [];
    private readonly List<double> _throttledMeanwhile = [];
    private readonly List<double> _fairness = [];
    private int _calls;
    private int _throttledCalls;
    private int _othersLikely;

    /// <summary>How much of the limit was used.</summary>
    public double Use => _use.Average();

    public double LeastUse => _use.Min();

    /// <summary>How many of all calls were throttled.</summary>
    public double Throttled => _throttledCalls / (double)_calls;

    public double MostThrottled => _throttled.Max();

    /// <summary>How many calls were throttled in the part of each schedule that was looked at, on average.</summary>
    public double ThrottledMeanwhile => _throttledMeanwhile.Average();

    /// <summary>How fast the slowest run was, of the quickest or of what was its due.</summary>
    public double Fairness => _fairness.Average();

    /// <summary>How fast the slowest run was in all schedules but a tenth, and of few schedules in all: the worst of hundreds says
    /// little of any one.</summary>
    public double LowFairness => _fairness.Order().ElementAt(_fairness.Count / 10);

    /// <summary>The most tries that a call took.</summary>
    public int MostTries { get; private set; }

    /// <summary>In how many of the schedules every run took others for likely at some time.</summary>
    public double OthersLikely => _othersLikely / (double)_use.Count;

    public void Add(double use, IReadOnlyList<SimulatedRun> runs, double fairness, double? throttledMeanwhile = null)
    {
        _use.Add(use);
        (int answered, int throttled) = (runs.Sum(run => run.Answered), runs.Sum(run => run.Throttled));
        _throttled.Add(throttled / (double)(answered + throttled));
        _throttledMeanwhile.Add(throttledMeanwhile ?? _throttled[^1]);
        _calls += answered + throttled;
        _throttledCalls += throttled;
        _fairness.Add(fairness);
        MostTries = Math.Max(MostTries, runs.Max(run => run.MostTries));

        // No call is ever lost.
        Assert.All(runs, run => Assert.Equal(run.Issued, run.Answered));
    }

    public void TakesOthersForLikely(bool doAll) => _othersLikely += doAll ? 1 : 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{_use.Count,4} schedules, {_calls,8} calls | use {100 * Use:0.0} %, least {100 * LeastUse:0.0} % | throttled {100 * Throttled:0.00} %, most {100 * MostThrottled:0.00} %, meanwhile {100 * ThrottledMeanwhile:0.00} % | fairness {Fairness:0.00}, low {LowFairness:0.00}, least {_fairness.Min():0.00} | at most {MostTries} tries | others likely {100 * OthersLikely:0} %");
}
