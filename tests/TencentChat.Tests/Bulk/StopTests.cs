using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Attributes;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Bulk;

/// <summary>Promises P7 (what would fail every row ends the run) and P8 (stop means stop).</summary>
[Collection(VirtualTime.Collection)]
public sealed class StopTests
{
    /// <summary>Every code that would fail every row.</summary>
    public static TheoryData<int> EndingCodes => [.. ServiceErrors.All.Where(error => error is { EndsRun: true, IsRequestContent: false }).Select(error => error.Code)];

    [Theory]
    [MemberData(nameof(EndingCodes))]
    public Task P7_a_code_that_would_fail_every_row_ends_the_run_and_the_rest_are_skipped(int code) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Accounts.Contains("u21") ? Answers.Code(code, "said the service") : Answers.Deleted(call.Accounts));
        using var lab = new Lab(time, clock, service);
        using BulkRun<ChatResult> run = lab.Start(lab.Delete, new BulkOptions { BatchSize = 10, ThrottleLimit = 1 });
        List<ChatResult> rows = Rows.Plain(500);
        List<ChatResult> results = lab.Finish(run, rows);

        Assert.Equal(rows, results);
        Assert.All(results.Take(20), result => Assert.Equal(ChatResultStatus.Succeeded, result.Status));
        Assert.All(results.Skip(20).Take(10), result => Assert.Equal((ChatResultStatus.Failed, code), (result.Status, result.ErrorCode)));
        string skipped = $"Not sent: the run had ended. ({ServiceErrors.Find(code).ErrorId})";
        Assert.All(results.Skip(30), result => Assert.Equal((ChatResultStatus.Skipped, 0, "RunStopped", skipped), (result.Status, result.Attempts, result.ErrorId, result.Message)));
        Assert.Equal(ServiceErrors.Find(code).RenewsUserSig ? 4 : 3, service.Calls.Count);
        Assert.Equal((code, "said the service"), (run.Control.Reason?.Error.Code, run.Control.Reason?.Info));
    });

    [Fact]
    public Task P7_an_item_of_an_answer_that_would_fail_every_row_ends_the_run() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => Answers.Deleted(call.Accounts, account => account == "u3" ? 71000 : 0));
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Delete, Rows.Plain(50), new BulkOptions { BatchSize = 5, ThrottleLimit = 1 });
        Assert.Single(service.Calls);
        Assert.Equal("SSFSS", string.Concat(results.Take(5).Select(result => result.Status.ToString()[0])));
        Assert.All(results.Skip(5), result => Assert.Equal(ChatResultStatus.Skipped, result.Status));
    });

    [Fact]
    public Task P7_calls_in_flight_land_and_nothing_more_is_sent() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number == 1
            ? Answers.LaterAsync(clock, call, TimeSpan.FromSeconds(0.5), () => Answers.Code(60010))
            : Answers.LaterAsync(clock, call, TimeSpan.FromSeconds(3), Answers.Ok));
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Set, Rows.Set(500), new BulkOptions { BatchSize = 1 });
        int sent = service.Calls.Count;
        Assert.InRange(sent, 6, 50);
        Assert.Equal(1, results.Count(result => result.Status == ChatResultStatus.Failed));
        Assert.Equal(sent - 1, results.Count(result => result.Status == ChatResultStatus.Succeeded));
        Assert.Equal(500 - sent, results.Count(result => result.Status == ChatResultStatus.Skipped));
        Assert.All(service.Calls, call => Assert.True(call.At <= TimeSpan.FromSeconds(0.5)));
    });

    [Fact]
    public Task P7_a_batch_that_waits_for_its_repeat_is_not_sent_again_after_the_end() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Accounts[0] switch
        {
            "u1" => Answers.Code(91000),
            "u2" => Answers.Code(60007),
            _ => Answers.Code(71000),
        });
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Delete, Rows.Plain(10), new BulkOptions { BatchSize = 1 });
        Assert.Equal(3, service.Calls.Count);
        Assert.Equal([ChatResultStatus.Unknown, ChatResultStatus.Failed, ChatResultStatus.Failed], results.Take(3).Select(result => result.Status));
        Assert.Equal([91000, 60007, 71000], results.Take(3).Select(result => result.ErrorCode));
        Assert.All(results.Skip(3), result => Assert.Equal(ChatResultStatus.Skipped, result.Status));
    });

    [Fact]
    public Task P7_the_halves_of_a_refused_batch_are_not_sent_after_the_end() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number == 1 ? Answers.Code(90030) : Answers.Code(60010));
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Set, Rows.Set(8));
        Assert.Equal(2, service.Calls.Count);
        Assert.All(results, result => Assert.Equal((ChatResultStatus.Failed, "NotAdmin"), (result.Status, result.ErrorId)));
    });

    [Fact]
    public Task P7_names_are_not_asked_for_after_the_end() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Accounts[0] == "u1"
            ? Answers.LaterAsync(clock, call, TimeSpan.FromSeconds(2), () => Answers.Code(90033))
            : Answers.LaterAsync(clock, call, TimeSpan.FromSeconds(1), () => Answers.Code(60010)));
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Set, Rows.Set(2), new BulkOptions { BatchSize = 1 });
        Assert.Equal(2, service.Calls.Count);
        Assert.All(results, result => Assert.Equal(ChatResultStatus.Failed, result.Status));
    });

    [Theory]
    [InlineData("no connection")]
    [InlineData("broken")]
    [InlineData("503")]
    [InlineData("91000")]
    [InlineData("every account")]
    [InlineData("no account")]
    public Task P7_a_service_that_is_down_ends_the_run_after_a_bounded_number_of_tries(string fault) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => fault switch
        {
            "no connection" => throw Answers.NotResolved(),
            "broken" => throw Answers.Broken(),
            "503" => Answers.Status(503),
            "every account" => Answers.Deleted(call.Accounts, _ => 70500),
            "no account" => Answers.Deleted([]),
            _ => Answers.Code(91000),
        });
        using var lab = new Lab(time, clock, service);
        using BulkRun<ChatResult> run = lab.Start(lab.Delete, new BulkOptions { BatchSize = 10, ThrottleLimit = 10 });
        List<ChatResult> rows = Rows.Plain(10_000);
        List<ChatResult> results = lab.Finish(run, rows);

        Assert.Equal(rows, results);
        Assert.NotNull(run.Control.Reason);
        // Ten calls in flight with their repeats, the smaller calls that look for a row to blame, and those that had begun by
        // then. Without a connection the time alone counts.
        Assert.InRange(service.Calls.Count, 7, fault == "no connection" ? 10 * 16 : 10 * 7 * 2);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(121));
        Assert.Equal(ChatResultStatus.Skipped, results[^1].Status);
        Assert.DoesNotContain(results, result => result.Status == ChatResultStatus.Succeeded);
    });

    [Fact]
    public Task P7_a_few_batches_of_bad_luck_do_not_end_a_run() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Accounts[0] is "u10" or "u20" or "u30" or "u40" ? Answers.Code(91000) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, new BulkOptions { BatchSize = 1, ThrottleLimit = 2 });
        List<ChatResult> results = lab.Finish(run, Rows.Set(60));
        Assert.Null(run.Control.Reason);
        Assert.Equal(4, results.Count(result => result.Status == ChatResultStatus.Unknown));
        Assert.Equal(56, results.Count(result => result.Status == ChatResultStatus.Succeeded));
    });

    [Fact]
    public Task P8_after_cancelling_nothing_is_sent_and_nobody_waits() => VirtualTime.RunAsync((time, clock) =>
    {
        using var never = new CancellationTokenSource();
        using var service = new ScriptedService(clock, async _ =>
        {
            // Does not even look whether anyone still waits.
            await Task.Delay(Timeout.InfiniteTimeSpan, never.Token).ConfigureAwait(false);
            return Answers.Ok();
        });
        using var lab = new Lab(time, clock, service);
        using BulkRun<ChatResult> run = lab.Start(lab.Delete, new BulkOptions { BatchSize = 1, ThrottleLimit = 20 });
        Assert.Equal(40, Rows.Plain(100).TakeWhile(run.TryAdd).Count());
        time.Advance(TimeSpan.FromSeconds(0.1));
        int sent = service.Calls.Count;
        Assert.InRange(sent, 2, 4);
        Task<bool> waiting = run.WaitAsync();
        Assert.False(waiting.IsCompleted);

        run.Control.Cancel();
        VirtualTime.Settle();
        Assert.True(waiting.IsCanceled);
        Assert.True(run.WaitAsync().IsCanceled);
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(sent, service.Calls.Count);
        never.Cancel();
    });

    [Fact]
    public Task P8_cancelling_may_come_at_any_time_and_more_than_once() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        using var lab = new Lab(time, clock, service);
        BulkRun<ChatResult> run = lab.Start(lab.Delete);
        run.Control.Cancel();
        run.Control.Cancel();
        Assert.True(run.TryAdd(Rows.Plain(1)[0]));
        run.Complete();
        run.Dispose();
        run.Control.Cancel();
        run.Dispose();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(service.Calls);
        Assert.True(run.WaitAsync().IsCanceled);
    });

    [Fact]
    public Task P8_cancelling_between_rows_that_wait_for_one_another_sends_none_of_them() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, Answers.NeverAsync);
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, new BulkOptions { BatchSize = 1 });
        Enumerable.Range(1, 10).ToList().ForEach(i => Assert.True(run.TryAdd(Rows.Set(i, "u1", ("city", "Paris")))));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(service.Calls);
        run.Control.Cancel();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(service.Calls);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public Task P1_a_connection_closed_under_a_run_costs_no_row_its_result(int rowsPerAccount) => VirtualTime.RunAsync((time, clock) =>
    {
        Lab? lab = null;
        using var service = new ScriptedService(clock, call =>
        {
            if (call.Number == 4)
            {
                lab!.Connection.Dispose();
            }

            return Answers.ErrorList([.. call.Accounts.Select(account => (account, 90035))]);
        });
        lab = new Lab(time, clock, service);
        List<AttributeRow> rows = [.. Enumerable.Range(0, 40).Select(i => Rows.Set(i + 1, $"u{i / rowsPerAccount}", ("city", "x")))];
        List<ChatResult> results = lab.Run(lab.Set, rows, new BulkOptions { BatchSize = 2, ThrottleLimit = 3 });
        Assert.Equal(rows, results);
        Assert.All(results, result => Assert.True(result.IsSettled));
    });

    [Fact]
    public Task P1_what_had_no_call_when_the_connection_was_closed_was_not_sent_and_the_run_says_why() => VirtualTime.RunAsync((time, clock) =>
    {
        Lab? lab = null;
        using var service = new ScriptedService(clock, call =>
        {
            if (call.Number == 4)
            {
                lab!.Connection.Dispose();
            }

            return Answers.Deleted(call.Accounts);
        });
        lab = new Lab(time, clock, service);
        using BulkRun<ChatResult> run = lab.Start(lab.Delete, new BulkOptions { BatchSize = 10, ThrottleLimit = 1 });
        List<ChatResult> results = lab.Finish(run, Rows.Plain(100));
        Assert.Equal(4, service.Calls.Count);
        Assert.All(results.Take(40), result => Assert.Equal((ChatResultStatus.Succeeded, 1), (result.Status, result.Attempts)));
        Assert.All(results.Skip(40), result => Assert.Equal((ChatResultStatus.Skipped, 0, "RunStopped"), (result.Status, result.Attempts, result.ErrorId)));
        Assert.Equal(ClientErrors.ConnectionClosed, run.Control.Reason?.Error);
    });
}
