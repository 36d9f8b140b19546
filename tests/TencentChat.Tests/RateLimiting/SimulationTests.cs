using System.Globalization;

namespace TencentChat.Tests.RateLimiting;

/// <summary>
/// Promise P4 where it is put to the test: at the limit, alone and together with others that the rate limiter only knows by
/// what is throttled. Virtual time; what happens is a matter of the seed. TENCENTCHAT_SCHEDULES=200 runs that many schedules
/// of each kind.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private static readonly int s_schedules = int.Parse(Environment.GetEnvironmentVariable("TENCENTCHAT_SCHEDULES") ?? "9", CultureInfo.InvariantCulture);

    /// <summary>Whether the service counts in fixed seconds, and the milliseconds of the round trip.</summary>
    public static TheoryData<bool, int> Services() => new()
    {
        { false, 20 }, { false, 100 }, { false, 500 },
        { true, 20 }, { true, 100 }, { true, 500 },
    };

    [Theory]
    [MemberData(nameof(Services))]
    public void P4_alone_a_run_takes_all_that_the_service_gives(bool isWindowFixed, int milliseconds)
    {
        SimulatedFigures figures = SimulatedSchedules.Alone(Service(SimulatedConditions.Quiet, isWindowFixed, milliseconds), Few);
        output.WriteLine($"{figures}");
        Assert.InRange(figures.LeastUse, 0.985, 1);
        Assert.InRange(figures.MostThrottled, 0, 0.001);
        Assert.Equal(0, figures.OthersLikely);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void P4_alone_on_a_busy_machine_a_run_takes_nearly_all(bool isWindowFixed, int milliseconds)
    {
        SimulatedFigures figures = SimulatedSchedules.Alone(Service(SimulatedConditions.Busy, isWindowFixed, milliseconds), Few);
        output.WriteLine($"{figures}");
        Assert.InRange(figures.Use, 0.94, 1);
        Assert.InRange(figures.MostThrottled, 0, 0.005);
        Assert.Equal(0, figures.OthersLikely);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void P4_answers_that_take_their_time_cost_little(bool isWindowFixed, int milliseconds)
    {
        SimulatedFigures figures = SimulatedSchedules.Alone(Service(SimulatedConditions.Quiet with { Work = 0.15 }, isWindowFixed, milliseconds), Few);
        output.WriteLine($"{figures}");
        Assert.InRange(figures.Use, 0.95, 1);
        Assert.InRange(figures.MostThrottled, 0, 0.002);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void P4_two_runs_share_the_limit(bool isWindowFixed, int milliseconds) => AssertShared(2, isWindowFixed, milliseconds);

    [Theory]
    [MemberData(nameof(Services))]
    public void P4_four_runs_share_the_limit(bool isWindowFixed, int milliseconds) => AssertShared(4, isWindowFixed, milliseconds);

    [Theory]
    [MemberData(nameof(Services))]
    public void P4_runs_that_come_and_go_get_their_share(bool isWindowFixed, int milliseconds)
    {
        SimulatedFigures figures = SimulatedSchedules.ComeAndGo(Service(SimulatedConditions.Shared, isWindowFixed, milliseconds), s_schedules);
        output.WriteLine($"{figures}");
        Assert.InRange(figures.Use, 0.9, 1);
        Assert.InRange(figures.Throttled, 0, 0.02);
        Assert.InRange(figures.Fairness, 0.6, 1);
        Assert.InRange(figures.LeastFairness, 0.4, 1);
        Assert.InRange(figures.MostTries, 1, 8);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void P4_a_lower_limit_than_the_documented_one_is_learned(bool isWindowFixed, int milliseconds)
    {
        foreach (int limit in (int[])[97, 60])
        {
            SimulatedFigures figures = SimulatedSchedules.LowerLimit(Service(SimulatedConditions.Quiet, isWindowFixed, milliseconds) with { Limit = _ => limit }, Few);
            output.WriteLine($"{limit}: {figures}");
            Assert.InRange(figures.LeastUse, 0.86, 1);
            Assert.InRange(figures.MostThrottled, 0, 0.015);
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void P4_a_limit_that_changes_is_followed(bool isWindowFixed, int milliseconds)
    {
        SimulatedFigures figures = SimulatedSchedules.LowerLimit(Service(SimulatedConditions.Quiet, isWindowFixed, milliseconds) with { Limit = now => now is < 30 or > 70 ? 100 : 50 }, Few);
        output.WriteLine($"{figures}");
        Assert.InRange(figures.LeastUse, 0.85, 1);
        Assert.InRange(figures.MostThrottled, 0, 0.015);
    }

    private static int Few => Math.Max(1, s_schedules / 3);

    private static SimulatedConditions Service(SimulatedConditions conditions, bool isWindowFixed, int milliseconds) =>
        conditions with { IsWindowFixed = isWindowFixed, RoundTrip = milliseconds / 1000.0 };

    private void AssertShared(int runs, bool isWindowFixed, int milliseconds)
    {
        SimulatedFigures figures = SimulatedSchedules.Together(runs, Service(SimulatedConditions.Shared, isWindowFixed, milliseconds), s_schedules);
        output.WriteLine($"{figures}");
        Assert.InRange(figures.Use, 0.92, 1.01);
        Assert.InRange(figures.LeastUse, 0.85, 1.02);
        Assert.InRange(figures.Throttled, 0, 0.02);
        Assert.InRange(figures.Fairness, 0.7, 1);
        Assert.InRange(figures.LeastFairness, 0.45, 1);
        Assert.InRange(figures.MostTries, 1, 8);
        Assert.InRange(figures.OthersLikely, 0.9, 1);
    }
}
