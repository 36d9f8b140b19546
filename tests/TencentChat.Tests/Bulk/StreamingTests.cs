using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Bulk;

/// <summary>Promise P5: batches leave while the input is still being read, and memory depends on the window.</summary>
[Collection(VirtualTime.Collection)]
public sealed class StreamingTests
{
    [Fact]
    public Task P5_the_first_call_leaves_with_the_hundredth_row() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set);
        List<AttributeRow> rows = Rows.Set(100);
        rows.SkipLast(1).ToList().ForEach(row => Assert.True(run.TryAdd(row)));
        VirtualTime.Settle();
        Assert.Empty(service.Calls);

        Assert.True(run.TryAdd(rows[^1]));
        VirtualTime.Settle();
        Assert.Equal(100, Assert.Single(service.Calls).Accounts.Count);
        Assert.Equal(TimeSpan.Zero, clock.Elapsed);
        Assert.True(run.HasOutput);
        Assert.True(run.TryTake(out Batch<AttributeRow>? batch));
        Assert.Equal(rows, batch.Rows);
    });

    [Theory]
    [InlineData(1, 8)]
    [InlineData(10, 20)]
    public Task P5_a_full_window_takes_no_more_rows_until_a_batch_is_taken(int throttleLimit, int batches) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, Answers.NeverAsync);
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, new BulkOptions { BatchSize = 10, ThrottleLimit = throttleLimit });
        Assert.Equal(batches * 10, AddAll(run, Rows.Set(1000)));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(throttleLimit, service.Calls.Count);
        Assert.False(run.TryAdd(Rows.Set(1)[0]));
        run.Control.Cancel();
    });

    [Fact]
    public Task P5_one_slow_batch_holds_the_others_back_only_as_far_as_the_window_goes() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Accounts.Contains("u1")
            ? Answers.LaterAsync(clock, call, TimeSpan.FromSeconds(9), Answers.Ok) : Task.FromResult(Answers.Ok()));
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, new BulkOptions { BatchSize = 10, ThrottleLimit = 4 });
        List<AttributeRow> rows = Rows.Set(1000);
        Assert.Equal(80, AddAll(run, rows));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(8, service.Calls.Count);
        Assert.False(run.HasOutput);
        Assert.Equal(rows, lab.Finish(run, rows.Skip(80)));
    });

    [Fact]
    public Task P5_the_window_limits_the_calls_in_flight() => VirtualTime.RunAsync((time, clock) =>
    {
        int inFlight = 0;
        int most = 0;
        using var service = new ScriptedService(clock, call =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inFlight));
            return Answers.LaterAsync(clock, call, TimeSpan.FromSeconds(1), () =>
            {
                Interlocked.Decrement(ref inFlight);
                return Answers.Ok();
            });
        });
        using var lab = new Lab(time, clock, service);
        lab.Run(lab.Set, Rows.Set(500), new BulkOptions { BatchSize = 10, ThrottleLimit = 7 });
        Assert.Equal(7, most);
    });

    [Fact]
    public Task P5_left_alone_the_window_reaches_the_limit_at_a_second_of_latency() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => Answers.LaterAsync(clock, call, TimeSpan.FromSeconds(1), Answers.Ok));
        using var lab = new Lab(time, clock, service);
        lab.Run(lab.Set, Rows.Set(10_000), new BulkOptions { BatchSize = 10 });
        Assert.Equal(1000, service.Calls.Count);
        Assert.InRange(clock.Elapsed.TotalSeconds, 11, 12.5);
    });

    [Fact]
    public Task P5_a_partial_batch_leaves_after_its_first_row_has_lingered() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, new BulkOptions { Linger = TimeSpan.FromSeconds(1) });
        List<AttributeRow> rows = Rows.Set(5);
        Assert.True(run.TryAdd(rows[0]));
        time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.True(run.TryAdd(rows[1]));
        Assert.Empty(service.Calls);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(2, Assert.Single(service.Calls).Accounts.Count);

        // The next row starts its own second.
        Assert.True(run.TryAdd(rows[2]));
        time.Advance(TimeSpan.FromSeconds(0.95));
        Assert.Single(service.Calls);
        time.Advance(TimeSpan.FromSeconds(0.05));
        Assert.Equal(2, service.Calls.Count);
        Assert.Equal(rows, lab.Finish(run, rows.Skip(3)));
    });

    [Fact]
    public Task P5_a_full_batch_takes_its_timer_along() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, new BulkOptions { BatchSize = 2 });
        List<AttributeRow> rows = Rows.Set(3);
        Assert.True(run.TryAdd(rows[0]));
        time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.True(run.TryAdd(rows[1]));
        Assert.True(run.TryAdd(rows[2]));
        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Single(service.Calls);
        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(2, service.Calls.Count);
    });

    [Fact]
    public Task P5_completing_sends_the_rest_at_once() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set);
        List<AttributeRow> rows = Rows.Set(42);
        Assert.Equal(42, AddAll(run, rows));
        run.Complete();
        VirtualTime.Settle();
        Assert.Equal(42, Assert.Single(service.Calls).Accounts.Count);
        Assert.Equal(TimeSpan.Zero, clock.Elapsed);
        Assert.Equal(rows, lab.Finish(run, []));
    });

    [Fact]
    public Task P5_a_run_without_rows_sends_nothing_and_ends() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        using var lab = new Lab(time, clock, service);
        Assert.Empty(lab.Run(lab.Set, []));
        Assert.Empty(service.Calls);
    });

    [Fact]
    public Task P1_rows_that_are_settled_before_keep_their_place_and_are_not_sent() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        using var lab = new Lab(time, clock, service);
        List<AttributeRow> rows = Rows.Set(1000);
        rows.Where(row => row.Row % 7 != 0).ToList().ForEach(row => row.Settle(ChatResultStatus.Skipped));
        List<ChatResult> results = lab.Run(lab.Set, rows);
        Assert.Equal(rows, results);
        Assert.Equal(rows.Where(row => row.Row % 7 == 0).Select(row => row.UserId), service.Calls.SelectMany(call => call.Accounts));
        Assert.Equal(results.Select(result => result.Batch).Order(), results.Select(result => result.Batch));
    });

    [Fact]
    public Task P5_a_long_input_of_settled_rows_is_passed_through_in_pieces() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set);
        List<AttributeRow> rows = Rows.Set(1000);
        rows.ForEach(row => row.Settle(ChatResultStatus.Skipped));
        Assert.Equal(1000, AddAll(run, rows));
        VirtualTime.Settle();
        Assert.True(run.TryTake(out Batch<AttributeRow>? batch));
        Assert.Equal(200, batch.Rows.Count);
        Assert.Empty(service.Calls);
    });

    private static int AddAll(BulkRun<AttributeRow> run, List<AttributeRow> rows) => rows.TakeWhile(run.TryAdd).Count();
}
