using TencentChat.Bulk;
using TencentChat.Emulator;
using TencentChat.Emulator.Faults;
using TencentChat.Emulator.Options;
using TencentChat.Operations.Attributes;
using TencentChat.Protocol;
using TencentChat.Signing;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Connections;

/// <summary>
/// The library against the emulated service, both in this process: neither knows the other, so a mistake in one is seen by
/// the other. In virtual time; the faults are seeded.
/// </summary>
[Collection(VirtualTime.Collection)]
public sealed class EmulatedServiceTests
{
    private static readonly string[] s_faults =
    [
        "*:drop-before:0.03", "*:drop-after:0.03", "*:502:0.02", "*:truncated:0.02", "*:malformed:0.01",
        "*:91000:0.02", "*:code-after:60008:0.02", "*:throttle:50:0.01", "*:delay:700:0.1", "*:hang:0.005",
    ];

    [Theory]
    [InlineData(AttributeService.AllMemberPush)]
    [InlineData(AttributeService.TimPush)]
    public Task Every_command_does_its_work_through_all_faults(AttributeService family) => VirtualTime.RunAsync((time, clock) =>
    {
        var emulator = new ChatEmulator(new EmulatorOptions { AttributeNames = ["city", "sex", "level"], Faults = [.. s_faults.Select(Fault.Parse)] }, clock);
        using Lab lab = Connect(time, clock, emulator, family);

        List<ChatResult> set = lab.Run(lab.Set, Enumerable.Range(1, 20_000).Select(i => Rows.Set(i, $"u{(i + 1) / 2}", i % 2 == 0 ? ("city", $"c{i}") : ("sex", "f"))));
        AssertAll(ChatResultStatus.Succeeded, set);
        Assert.Equal(new Dictionary<string, string> { ["city"] = "c200", ["sex"] = "f" }, emulator.State.AttributesOf("u100"));

        List<ChatResult> removed = lab.Run(lab.Remove, Enumerable.Range(1, 10_000).Where(i => i % 2 == 0).Select(i => Rows.Remove(i, $"u{i}", "sex", "level")));
        AssertAll(ChatResultStatus.Succeeded, removed);

        List<ChatResult> read = lab.Run(lab.Get, Rows.Get(10_000));
        AssertAll(ChatResultStatus.Succeeded, read);
        Assert.All(read.Cast<UserAttributesResult>(), row => Assert.Equal(
            row.Row % 2 == 0 ? [$"city=c{2 * row.Row}"] : [$"city=c{2 * row.Row}", "sex=f"],
            row.Attributes.Select(attribute => $"{attribute.Key}={attribute.Value}").Order(StringComparer.Ordinal)));

        List<ChatResult> deleted = lab.Run(lab.Delete, Rows.Plain(10_000));
        AssertAll(ChatResultStatus.Succeeded, deleted);
        Assert.False(emulator.State.HasAccount("u1"));
        Assert.Equal(1, emulator.State.AccountCount);
        Assert.True(emulator.Journal.Entries.Count(entry => entry.Fault is not null) > 30);
        Assert.Contains(deleted, row => row.Message is not null);
    });

    [Theory]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(500)]
    public Task P4_the_emulated_limit_is_reached_and_not_exceeded_at_any_latency(int latency) => VirtualTime.RunAsync((time, clock) =>
    {
        var emulator = new ChatEmulator(new EmulatorOptions { AttributeNames = ["city"], RateLimit = 100, Latency = TimeSpan.FromMilliseconds(latency) }, clock);
        using Lab lab = Connect(time, clock, emulator);
        AssertAll(ChatResultStatus.Succeeded, lab.Run(lab.Set, Rows.Set(10_000), new BulkOptions { BatchSize = 10 }));
        Assert.Equal(1000, emulator.Journal.Count);
        Assert.DoesNotContain(emulator.Journal.Entries, entry => entry.Code != 0);

        // A hundred calls a second is the ceiling; it is reached with care, and the last answers take their latency.
        Assert.InRange(clock.Elapsed.TotalSeconds - (latency / 1000.0), 10, 10.6 + (latency / 1000.0));
        DateTimeOffset start = emulator.Journal.Entries[0].Time;
        Assert.InRange(emulator.Journal.Entries.Count(entry => (entry.Time - start).TotalSeconds is >= 3 and < 9), 597, 600);
    });

    [Theory]
    [InlineData(30)]
    [InlineData(60)]
    public Task P4_a_limit_lower_than_documented_is_found_and_kept(int limit) => VirtualTime.RunAsync((time, clock) =>
    {
        var emulator = new ChatEmulator(new EmulatorOptions { AttributeNames = ["city"], RateLimit = limit, Latency = TimeSpan.FromMilliseconds(50) }, clock);
        using Lab lab = Connect(time, clock, emulator);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, new BulkOptions { BatchSize = 10 });
        AssertAll(ChatResultStatus.Succeeded, lab.Finish(run, Rows.Set(10_000)));
        int throttled = emulator.Journal.Entries.Count(entry => entry.Code == 60007);
        Assert.Equal(throttled, run.Control.Traffic.ThrottledCalls);
        Assert.InRange(throttled / 1000.0, 0.001, 0.25);
        Assert.InRange(clock.Elapsed.TotalSeconds, 1000.0 / limit * 0.95, 1000.0 / limit * 2);
    });

    [Fact]
    public Task P2_missing_accounts_and_bad_values_stand_alone_in_the_end() => VirtualTime.RunAsync((time, clock) =>
    {
        var emulator = new ChatEmulator(new EmulatorOptions { AttributeNames = ["city"], Accounts = [.. Enumerable.Range(1, 200).Where(i => i % 40 != 0).Select(i => $"u{i}")], UnknownAccounts = UnknownAccounts.Strict }, clock);
        using Lab lab = Connect(time, clock, emulator);
        List<ChatResult> results = lab.Run(lab.Set, Enumerable.Range(1, 200).Select(i => Rows.Set(i, $"u{i}", ("city", i % 50 == 0 ? new string('x', 51) : "Paris"))));
        Assert.All(results, row => Assert.Equal(
            row.Row % 40 == 0 ? "AccountNotFound" : row.Row % 50 == 0 ? "InvalidAttributeValue" : null,
            row.ErrorId == "InvalidAttributeValue" && row.Row == 200 ? "AccountNotFound" : row.ErrorId));
        Assert.Equal("Paris", emulator.State.AttributesOf("u1")!["city"]);
    });

    [Fact]
    public Task P7_deletion_that_is_not_enabled_ends_the_run_with_one_call_in_flight() => VirtualTime.RunAsync((time, clock) =>
    {
        var emulator = new ChatEmulator(new EmulatorOptions { AccountDeletionEnabled = false, Accounts = [.. Enumerable.Range(1, 500).Select(i => $"u{i}")] }, clock);
        using Lab lab = Connect(time, clock, emulator);
        using BulkRun<ChatResult> run = lab.Start(lab.Delete, new BulkOptions { ThrottleLimit = 1 });
        List<ChatResult> results = lab.Finish(run, Rows.Plain(500));
        Assert.Equal("DeletionNotEnabled", run.Control.Reason?.Error.ErrorId);
        Assert.Equal(1, emulator.Journal.Count);
        AssertAll(ChatResultStatus.Failed, results.Take(100));
        AssertAll(ChatResultStatus.Skipped, results.Skip(100));
    });

    [Fact]
    public Task P6_a_signature_that_has_expired_on_the_way_is_renewed() => VirtualTime.RunAsync((time, clock) =>
    {
        var emulator = new ChatEmulator(new EmulatorOptions { AttributeNames = ["city"] }, clock);
        using Lab lab = Connect(time, clock, emulator);
        AssertAll(ChatResultStatus.Succeeded, lab.Run(lab.Set, Rows.Set(1)));

        // The service's clock is ahead of ours by more than the signature's life, but not by more than a fresh one's.
        emulator.AdvanceClock(TimeSpan.FromHours(23));
        time.Advance(TimeSpan.FromHours(22));
        List<ChatResult> results = lab.Run(lab.Set, Rows.Set(1));
        Assert.Equal((ChatResultStatus.Succeeded, 2), (results[0].Status, results[0].Attempts));
        Assert.Equal([0, 70001, 0], emulator.Journal.Entries.Select(entry => entry.Code));
    });

    private static Lab Connect(VirtualTime time, FakeClock clock, ChatEmulator emulator, AttributeService family = AttributeService.AllMemberPush) => new(
        time, clock, emulator.CreateHandler(), options => options with { AttributeService = family }, UserSigSource.FromKey(1400000000, "administrator", System.Text.Encoding.UTF8.GetBytes(emulator.SecretKey)));

    private static void AssertAll(ChatResultStatus status, IEnumerable<ChatResult> results) =>
        Assert.All(results, row => Assert.True(row.Status == status, $"{row.Row} {row.UserId}: {row.Status}, {row.Attempts} tries, {row.ErrorId}: {row.Message}"));
}
