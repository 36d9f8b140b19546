namespace TencentChat.Tests.RateLimiting;

/// <summary>The service, the way to it, and how even the machines run. Times are in seconds.</summary>
internal sealed record SimulatedConditions
{
    /// <summary>From the start of a call to its answer, when nothing holds it up.</summary>
    public double RoundTrip { get; init; } = 0.02;

    /// <summary>How much of the round trip lies before the call is counted.</summary>
    public double ShareOfWayThere { get; init; } = 0.5;

    /// <summary>The mean of what each way takes longer; exponentially distributed.</summary>
    public double Jitter { get; init; } = 0.0003;

    /// <summary>The most that the service works on a call after it has counted it; evenly distributed.</summary>
    public double Work { get; init; }

    /// <summary>The most that a timer fires late; evenly distributed.</summary>
    public double TimerLateness { get; init; } = 0.001;

    /// <summary>How often a second each client stands still, and how long on average.</summary>
    public (double PerSecond, double Mean) ClientStalls { get; init; }

    /// <summary>How often a second the service stands still, and how long on average.</summary>
    public (double PerSecond, double Mean) ServiceStalls { get; init; }

    /// <summary>Whether the service counts in seconds that follow each other, instead of in any second.</summary>
    public bool IsWindowFixed { get; init; }

    /// <summary>Whether calls that the service refuses count as well. Its pages don't say.</summary>
    public bool DoRefusedCount { get; init; }

    /// <summary>The calls a second that the service takes at a moment.</summary>
    public Func<double, int> Limit { get; init; } = _ => 100;

    /// <summary>As on a machine that has nothing else to do.</summary>
    public static SimulatedConditions Quiet { get; } = new();

    /// <summary>As with several processes on one machine: a timer is late, a collection of garbage, another thread's turn.</summary>
    public static SimulatedConditions Shared { get; } = new()
    {
        Jitter = 0.001,
        TimerLateness = 0.002,
        ClientStalls = (0.5, 0.02),
        ServiceStalls = (0.2, 0.02),
    };

    /// <summary>As with a process that wants as much as the machine has.</summary>
    public static SimulatedConditions Busy { get; } = new()
    {
        Jitter = 0.002,
        TimerLateness = 0.006,
        ClientStalls = (10, 0.02),
        ServiceStalls = (10, 0.02),
    };
}
