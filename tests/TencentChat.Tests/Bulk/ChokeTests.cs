using TencentChat.Bulk;
using TencentChat.Operations.Accounts;
using TencentChat.Operations.Attributes;
using TencentChat.Protocol;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Bulk;

/// <summary>Promise P2 for rows that the service answers nothing of use to: they must not take their neighbours along.</summary>
[Collection(VirtualTime.Collection)]
public sealed class ChokeTests
{
    [Theory]
    [InlineData("60008", "ServiceBusy")]
    [InlineData("malformed", "MalformedReply")]
    [InlineData("broken", "NoAnswer")]
    [InlineData("502", "NoAnswer")]
    public Task P2_one_row_that_the_service_chokes_on_stands_alone(string fault, string errorId) => VirtualTime.RunAsync((time, clock) =>
    {
        using ScriptedService service = Choking(clock, fault, "u37");
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set);
        List<ChatResult> results = lab.Finish(run, Rows.Set(100));
        ChatResult alone = Assert.Single(results, result => result.Status != ChatResultStatus.Succeeded);
        Assert.Equal(("u37", ChatResultStatus.Unknown, errorId), (alone.UserId, alone.Status, alone.ErrorId));
        Assert.Null(run.Control.Reason);

        // Seven tries of all together, then two for each halving.
        Assert.InRange(service.Calls.Count, 7 + 12, 7 + 14);
    });

    [Fact]
    public Task P2_so_do_several_wherever_they_are() => VirtualTime.RunAsync((time, clock) =>
    {
        string[] bad = ["u1", "u40", "u51", "u52", "u100"];
        using ScriptedService service = Choking(clock, "malformed", bad);
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Set, Rows.Set(300));
        Assert.Equal(bad, results.Where(result => result.Status != ChatResultStatus.Succeeded).Select(result => result.UserId));
        Assert.Equal(295, results.Count(result => result.Status == ChatResultStatus.Succeeded));
    });

    [Fact]
    public Task P2_a_row_that_is_refused_among_those_is_told_apart() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call =>
            call.Accounts.Contains("u10") ? Answers.Json("{") : call.Accounts.Contains("u70") ? Answers.Code(90030) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Set, Rows.Set(100));
        Assert.Equal(
            [("u10", "MalformedReply", ChatResultStatus.Unknown), ("u70", "InvalidAttributeValue", ChatResultStatus.Failed)],
            results.Where(result => result.Status != ChatResultStatus.Succeeded).Select(result => (result.UserId, result.ErrorId, result.Status)));
    });

    [Fact]
    public Task P7_a_service_that_answers_nothing_is_not_searched_for_long() => VirtualTime.RunAsync((time, clock) =>
    {
        using ScriptedService service = Choking(clock, "malformed", [.. Enumerable.Range(1, 100).Select(i => $"u{i}")]);
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Set, Rows.Set(100));
        Assert.All(results, result => Assert.Equal(ChatResultStatus.Unknown, result.Status));
        Assert.InRange(service.Calls.Count, 7, 7 + 14);
    });

    [Fact]
    public Task P7_nor_is_one_that_lets_every_call_wait_in_vain() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => Answers.LaterAsync(clock, call, TimeSpan.FromHours(1), Answers.Ok));
        using var lab = new Lab(time, clock, service);
        Assert.All(lab.Run(lab.Set, Rows.Set(100)), result => Assert.Equal((ChatResultStatus.Unknown, "NoAnswer"), (result.Status, result.ErrorId)));

        // The repeats take two minutes at most and a time-out, the search half a minute and a time-out.
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(120 + 10 + 30 + 10));
    });

    [Fact]
    public Task P6_without_repeats_there_is_one_call() => VirtualTime.RunAsync((time, clock) =>
    {
        using ScriptedService service = Choking(clock, "60008", "u37");
        using var lab = new Lab(time, clock, service, options => options with { Retry = options.Retry with { MaxRetry = 0 } });
        Assert.All(lab.Run(lab.Set, Rows.Set(100)), result => Assert.Equal(ChatResultStatus.Unknown, result.Status));
        Assert.Single(service.Calls);
    });

    [Fact]
    public Task P8_a_search_ends_with_the_run_and_every_row_has_its_result() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number switch
        {
            <= 8 => Answers.Json("{"),
            _ => Answers.Code(60010),
        });
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Set, Rows.Set(100));
        Assert.Equal(9, service.Calls.Count);
        Assert.All(results, result => Assert.Equal(ChatResultStatus.Unknown, result.Status));
    });

    [Theory]
    [InlineData("""{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","FailAccounts":["bob"]}""")]
    [InlineData("""{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorList":[{"To_Account":"bob","ErrorCode":70398}]}""")]
    public Task P1_an_account_that_the_answer_calls_by_another_name_is_not_taken_for_done(string answer) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Accounts.Contains("bob ") ? Answers.Json(answer) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(new ImportAccounts(), Enumerable.Range(1, 100).Select(i => new ImportRow(i, i == 50 ? "bob " : $"u{i}", null)));
        ChatResult unknown = Assert.Single(results, result => result.Status != ChatResultStatus.Succeeded);
        Assert.Equal(("bob ", ChatResultStatus.Unknown, "MalformedReply"), (unknown.UserId, unknown.Status, unknown.ErrorId));
        Assert.Contains("'bob'", unknown.Message, StringComparison.Ordinal);
        Assert.InRange(service.Calls.Count, 13, 15);
    });

    [Fact]
    public Task P1_of_the_accounts_that_an_answer_does_name_it_is_believed() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Accounts.Contains("u2") ? Answers.ErrorList(("u1", 70107), ("U2", 70107)) : Answers.Ok());
        using var lab = new Lab(time, clock, service, options => options with { AttributeService = AttributeService.TimPush });
        List<ChatResult> results = lab.Run(lab.Set, Rows.Set(3));
        Assert.Equal([ChatResultStatus.Failed, ChatResultStatus.Unknown, ChatResultStatus.Succeeded], results.Select(result => result.Status));
        Assert.Equal(["AccountNotFound", "MalformedReply", null], results.Select(result => result.ErrorId));
    });

    [Theory]
    [InlineData("""{"ActionStatus":"FAIL","ErrorCode":0,"ErrorInfo":"something"}""")]
    [InlineData("""{"ErrorCode":0,"ResultItem":[{"UserID":"u1","ResultCode":0},{"UserID":"u1","ResultCode":70107}]}""")]
    [InlineData("""{"ErrorCode":0,"ResultItem":[{"UserID":"u1","ResultCode":70107},{"UserID":"u1","ResultCode":0}]}""")]
    [InlineData("""{"ErrorCode":0,"ErrorList":[{"To_Account":"u1","ErrorCode":70107},{"To_Account":"u1","ErrorCode":91000}]}""")]
    public Task P1_an_answer_that_says_two_things_is_not_believed(string answer) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Json(answer));
        using var lab = new Lab(time, clock, service);
        ChatResult result = Assert.Single(lab.Run(lab.Delete, Rows.Plain(1)));
        Assert.Equal((ChatResultStatus.Unknown, "MalformedReply"), (result.Status, result.ErrorId));
    });

    [Fact]
    public Task P2_a_file_of_which_every_row_is_refused_costs_one_call_a_row_in_the_long_run() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Body.Contains("bad", StringComparison.Ordinal) ? Answers.Code(90030) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        IEnumerable<AttributeRow> rows = Enumerable.Range(1, 2000).Select(i => Rows.Set(i, $"u{i}", ("city", i <= 1500 ? "bad" : "Paris")));
        List<ChatResult> results = lab.Run(lab.Set, rows, new BulkOptions { BatchSize = 10, ThrottleLimit = 2 });
        Assert.All(results, result => Assert.Equal(result.Row <= 1500 ? ChatResultStatus.Failed : ChatResultStatus.Succeeded, result.Status));

        // Thirty batches of ten cost 19 calls each; then a row is a call; and after the first one that passes ten are one again.
        Assert.InRange(service.Calls.Count, (30 * 19) + 1200 + 50, (34 * 19) + 1200 + 50 + 20);
        Assert.Equal(10, service.Calls[^1].Accounts.Count);
    });

    private static ScriptedService Choking(FakeClock clock, string fault, params string[] bad) => new(clock, call => !call.Accounts.Intersect(bad).Any() ? Answers.Ok() : fault switch
    {
        "60008" => Answers.Code(60008),
        "malformed" => Answers.Json("""{"ErrorCode":0,"UserAttrs":[{"To_Account":"u37" """),
        "502" => Answers.Status(502),
        _ => throw Answers.Broken(),
    });
}
