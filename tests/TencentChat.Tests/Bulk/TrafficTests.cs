using TencentChat.Bulk;
using TencentChat.Emulator;
using TencentChat.Emulator.Options;
using TencentChat.Operations.Attributes;
using TencentChat.Signing;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Bulk;

/// <summary>What a run knows of its calls: how many, how many were throttled, what that cost, and whether it is the only one.</summary>
[Collection(VirtualTime.Collection)]
public sealed class TrafficTests
{
    private static readonly BulkOptions s_small = new() { BatchSize = 10 };

    [Theory]
    [InlineData(20)]
    [InlineData(500)]
    public Task P4_a_run_alone_on_a_busy_machine_sees_nobody_else(int latency) => VirtualTime.RunAsync((time, clock) =>
    {
        var random = new Random(7);
        clock.Lateness = () => TimeSpan.FromMilliseconds(random.NextDouble() * (random.NextDouble() < 0.05 ? 60 : 6));
        using Lab lab = Connect(time, clock, NewEmulator(clock, latency));
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, s_small);
        AssertDone(10_000, lab.Finish(run, Rows.Set(10_000)));
        Assert.Equal(1000, run.Control.Traffic.Calls - run.Control.Traffic.ThrottledCalls);
        Assert.InRange(run.Control.Traffic.ThrottledCalls, 0, 10);
        Assert.Null(run.Control.Traffic.TakeContention());
    });

    [Fact]
    public Task P4_a_run_that_was_never_throttled_has_lost_no_time() => VirtualTime.RunAsync((time, clock) =>
    {
        using Lab lab = Connect(time, clock, NewEmulator(clock, 20));
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, s_small);
        AssertDone(2000, lab.Finish(run, Rows.Set(2000)));
        Assert.Equal((200, 0), (run.Control.Traffic.Calls, run.Control.Traffic.ThrottledCalls));
        Assert.Null(run.Control.Traffic.LowestRate);
        Assert.Equal(TimeSpan.Zero, run.Control.Traffic.TimeLost);
    });

    [Fact]
    public Task P4_two_runs_on_one_app_see_each_other_and_what_that_costs() => VirtualTime.RunAsync((time, clock) =>
    {
        ChatEmulator emulator = NewEmulator(clock, 50);
        using Lab lab = Connect(time, clock, emulator);
        using Lab other = Connect(time, clock, emulator);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, s_small);
        using BulkRun<AttributeRow> otherRun = other.Start(other.Set, s_small);
        (List<ChatResult> results, List<ChatResult> otherResults) = lab.FinishTogether(run, Rows.Set(15_000), otherRun, Rows.Set(15_000));
        AssertDone(15_000, results);
        AssertDone(15_000, otherResults);

        RunTraffic[] both = [run.Control.Traffic, otherRun.Control.Traffic];
        Assert.All(both, traffic =>
        {
            // Each could have been done in 15 seconds.
            Assert.InRange(traffic.ThrottledCalls / (double)traffic.Calls, 0.001, 0.02);
            Assert.InRange(traffic.TimeLost.TotalSeconds, 10, 18);
            Assert.InRange(traffic.LowestRate!.Value, 20, 50);
            RateFall fall = Assert.NotNull(traffic.TakeContention());
            Assert.InRange(fall.To, 20, 75);
            Assert.InRange(fall.From, fall.To + 5, 100);
            Assert.Null(traffic.TakeContention());
        });
        Assert.Equal(both.Sum(traffic => traffic.ThrottledCalls), emulator.Journal.Entries.Count(entry => entry.Code == 60007));
    });

    [Fact]
    public Task P4_a_burst_of_refusals_is_nobody_else() => VirtualTime.RunAsync((time, clock) =>
    {
        TimeSpan? burst = null;
        using var service = new ScriptedService(clock, call => call.Number > 300 && call.At < (burst ??= call.At) + TimeSpan.FromSeconds(0.3) ? Answers.Code(60007) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, s_small);
        AssertDone(6000, lab.Finish(run, Rows.Set(6000)));
        Assert.InRange(run.Control.Traffic.ThrottledCalls, 3, 30);
        Assert.Null(run.Control.Traffic.TakeContention());
        Assert.True(run.Control.Traffic.TimeLost > TimeSpan.Zero);
    });

    private static ChatEmulator NewEmulator(FakeClock clock, int latency) =>
        new(new EmulatorOptions { AttributeNames = ["city"], RateLimit = 100, Latency = TimeSpan.FromMilliseconds(latency) }, clock);

    private static Lab Connect(VirtualTime time, FakeClock clock, ChatEmulator emulator) =>
        new(time, clock, emulator.CreateHandler(), signature: UserSigSource.FromKey(1400000000, "administrator", System.Text.Encoding.UTF8.GetBytes(emulator.SecretKey)));

    private static void AssertDone(int rows, List<ChatResult> results)
    {
        Assert.Equal(rows, results.Count);
        Assert.All(results, row => Assert.Equal(ChatResultStatus.Succeeded, row.Status));
    }
}
