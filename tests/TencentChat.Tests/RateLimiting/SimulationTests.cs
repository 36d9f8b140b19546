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
        Write("alone", figures);
        Assert.InRange(figures.LeastUse, 0.985, 1);
        Assert.InRange(figures.MostThrottled, 0, 0.001);
        Assert.Equal(0, figures.OthersLikely);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void P4_alone_on_a_busy_machine_a_run_takes_nearly_all(bool isWindowFixed, int milliseconds)
    {
        SimulatedFigures figures = SimulatedSchedules.Alone(Service(SimulatedConditions.Busy, isWindowFixed, milliseconds), Few);
        Write("alone, machines that stand still four tenths of the time", figures);
        Assert.InRange(figures.Use, 0.94, 1);
        Assert.InRange(figures.MostThrottled, 0, 0.01);
        Assert.Equal(0, figures.OthersLikely);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void P4_answers_that_take_their_time_cost_little(bool isWindowFixed, int milliseconds)
    {
        SimulatedFigures figures = SimulatedSchedules.Alone(Service(SimulatedConditions.Quiet with { Work = 0.15 }, isWindowFixed, milliseconds), Few);
        Write("alone, up to 0.15 s of work for an answer", figures);
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
    public void P4_eight_runs_still_share_the_limit(bool isWindowFixed, int milliseconds)
    {
        SimulatedFigures figures = SimulatedSchedules.Together(8, Service(SimulatedConditions.Shared, isWindowFixed, milliseconds), Few);
        Write("8 runs", figures);
        Assert.InRange(figures.Use, 0.95, 1.01);
        Assert.InRange(figures.Throttled, 0, 0.06);
        Assert.InRange(figures.LowFairness, 0.45, 1);
        Assert.InRange(figures.MostTries, 1, 10);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void P4_runs_that_come_and_go_get_their_share(bool isWindowFixed, int milliseconds)
    {
        SimulatedFigures figures = SimulatedSchedules.ComeAndGo(Service(SimulatedConditions.Shared, isWindowFixed, milliseconds), s_schedules);
        Write("runs that come and go", figures);
        Assert.InRange(figures.Use, 0.94, 1);
        
        // Who comes to a service whose second is full to its end finds out late: most of what is throttled is that.
        Assert.InRange(figures.Throttled, 0, isWindowFixed && milliseconds >= 100 ? 0.025 : 0.02);
        Assert.InRange(figures.LowFairness, 0.5, 1);
        Assert.InRange(figures.MostTries, 1, 8);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void P4_what_another_run_leaves_when_it_goes_is_used_at_once(bool isWindowFixed, int milliseconds)
    {
        SimulatedFigures figures = SimulatedSchedules.Visit(Service(SimulatedConditions.Shared, isWindowFixed, milliseconds), 2 * s_schedules);
        Write("another run comes and goes", figures);
        Assert.InRange(figures.Use, 0.9, 1);
        Assert.InRange(figures.ThrottledMeanwhile, 0, isWindowFixed && milliseconds >= 100 ? 0.033 : 0.02);
    }

    [Theory]
    [InlineData(2, false, 20, 0.02)]
    [InlineData(2, false, 100, 0.021)]
    [InlineData(2, false, 500, 0.04)]
    [InlineData(2, true, 20, 0.02)]
    [InlineData(2, true, 100, 0.03)]
    [InlineData(2, true, 500, 0.042)]
    [InlineData(4, false, 20, 0.026)]
    [InlineData(4, false, 100, 0.04)]
    [InlineData(4, false, 500, 0.058)]
    [InlineData(4, true, 20, 0.026)]
    [InlineData(4, true, 100, 0.046)]
    [InlineData(4, true, 500, 0.06)]
    public void P4_runs_that_begin_at_once_find_their_shares(int runs, bool isWindowFixed, int milliseconds, double mostThrottled)
    {
        SimulatedFigures figures = SimulatedSchedules.BeginAtOnce(runs, Service(SimulatedConditions.Shared, isWindowFixed, milliseconds), s_schedules);
        Write($"{runs} runs of 20 seconds, from the first call on", figures);
        Assert.InRange(figures.Use, 0.88, 1.01);
        Assert.InRange(figures.Throttled, 0, mostThrottled);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void P4_a_lower_limit_than_the_documented_one_is_learned(bool isWindowFixed, int milliseconds)
    {
        foreach (int limit in (int[])[97, 60])
        {
            SimulatedFigures figures = SimulatedSchedules.LowerLimit(Service(SimulatedConditions.Quiet, isWindowFixed, milliseconds) with { Limit = _ => limit }, Few);
            Write($"a limit of {limit}", figures);
            Assert.InRange(figures.LeastUse, 0.88, 1);
            Assert.InRange(figures.MostThrottled, 0, 0.02);
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void P4_a_limit_that_changes_is_followed(bool isWindowFixed, int milliseconds)
    {
        SimulatedFigures figures = SimulatedSchedules.LowerLimit(Service(SimulatedConditions.Quiet, isWindowFixed, milliseconds) with { Limit = now => now is < 30 or > 70 ? 100 : 50 }, Few);
        Write("a limit of 100, 50 and 100 again", figures);
        Assert.InRange(figures.LeastUse, 0.85, 1);
        Assert.InRange(figures.MostThrottled, 0, 0.015);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void P4_where_refused_calls_count_as_well_a_run_does_not_get_stuck(bool isWindowFixed, int milliseconds)
    {
        // What was refused then keeps the second full, and half a second of calls is on its way before the first answer tells.
        SimulatedConditions conditions = Service(SimulatedConditions.Quiet, isWindowFixed, milliseconds) with { DoRefusedCount = true };
        SimulatedFigures alone = SimulatedSchedules.LowerLimit(conditions with { Limit = _ => 60 }, Few);
        Write("a limit of 60, refused calls count", alone);
        SimulatedFigures together = SimulatedSchedules.Together(2, conditions, Few);
        Write("2 runs, refused calls count", together);
        foreach (SimulatedFigures figures in (SimulatedFigures[])[alone, together])
        {
            Assert.InRange(figures.Use, milliseconds < 500 ? 0.85 : 0.65, 1);
            Assert.InRange(figures.Throttled, 0, milliseconds < 500 ? 0.04 : 0.12);
            Assert.InRange(figures.MostTries, 1, 8);
        }

        Assert.InRange(together.LowFairness, 0.45, 1);
    }

    private void Write(string what, SimulatedFigures figures) => output.WriteLine($"{TestContext.Current.Test!.TestDisplayName.Split('(')[^1].TrimEnd(')')}, {what}: {figures}");

    private static int Few => Math.Max(1, s_schedules / 3);

    private static SimulatedConditions Service(SimulatedConditions conditions, bool isWindowFixed, int milliseconds) =>
        conditions with { IsWindowFixed = isWindowFixed, RoundTrip = milliseconds / 1000.0 };

    private void AssertShared(int runs, bool isWindowFixed, int milliseconds)
    {
        SimulatedFigures figures = SimulatedSchedules.Together(runs, Service(SimulatedConditions.Shared, isWindowFixed, milliseconds), s_schedules);
        Write($"{runs} runs", figures);
        Assert.InRange(figures.Use, 0.92, 1.01);
        Assert.InRange(figures.LeastUse, 0.85, 1.02);
        Assert.InRange(figures.Throttled, 0, runs > 2 && milliseconds >= 100 ? 0.022 : 0.02);
        Assert.InRange(figures.Fairness, 0.7, 1);

        // Who comes seconds later catches up with the others, but in some schedules not before the first of them ends.
        Assert.InRange(figures.LowFairness, 0.35, 1);
        Assert.InRange(figures.MostTries, 1, 8);
        Assert.InRange(figures.OthersLikely, 0.9, 1);
    }
}
