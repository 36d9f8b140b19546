using System.Net;
using TencentChat.Bulk;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Bulk;

/// <summary>Promises P1 and P6: what an answer that never came may have done.</summary>
[Collection(VirtualTime.Collection)]
public sealed class UnclearTests
{
    private const int NotThere = 70107;

    [Theory]
    [InlineData("broken")]
    [InlineData("truncated")]
    [InlineData("502")]
    [InlineData("60008")]
    [InlineData("left out")]
    public Task P6_a_delete_repeated_after_an_unclear_answer_takes_a_missing_account_as_done(string fault) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number > 1 ? Answers.Deleted(call.Accounts, account => account == "u1" ? NotThere : 0) : fault switch
        {
            "broken" => throw Answers.Broken(),
            "truncated" => Answers.Json("""{"ErrorCode":0,"ResultItem":[{"UserID":"u1","""),
            "502" => Answers.Status(502),
            "left out" => Answers.Deleted([]),
            _ => Answers.Code(60008),
        });
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Delete, Rows.Plain(2));
        Assert.All(results, result => Assert.Equal((ChatResultStatus.Succeeded, 2), (result.Status, result.Attempts)));
        Assert.NotNull(results[0].Message);
        Assert.Null(results[1].Message);
    });

    [Theory]
    [InlineData("first try")]
    [InlineData("throttled")]
    [InlineData("not resolved")]
    public Task P6_a_missing_account_is_a_failure_when_no_earlier_try_can_have_deleted_it(string before) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => (call.Number, before) switch
        {
            (1, "throttled") => Answers.Code(60007),
            (1, "not resolved") => throw Answers.NotResolved(),
            _ => Answers.Deleted(call.Accounts, _ => NotThere),
        });
        using var lab = new Lab(time, clock, service);
        ChatResult result = Assert.Single(lab.Run(lab.Delete, Rows.Plain(1)));
        Assert.Equal((ChatResultStatus.Failed, "AccountNotFound", NotThere), (result.Status, result.ErrorId, result.ErrorCode));
        Assert.Equal(before == "throttled" ? 2 : 1, result.Attempts);
    });

    [Fact]
    public Task P6_a_missing_account_is_a_failure_for_a_set_even_after_an_unclear_try() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number == 1 ? throw Answers.Broken() : Answers.ErrorList(("u1", NotThere)));
        using var lab = new Lab(time, clock, service);
        Assert.Equal(ChatResultStatus.Failed, Assert.Single(lab.Run(lab.Set, Rows.Set(1))).Status);
    });

    [Fact]
    public Task P1_a_row_that_never_got_an_answer_is_unknown() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, Answers.BrokenAsync);
        using var lab = new Lab(time, clock, service);
        ChatResult result = Assert.Single(lab.Run(lab.Delete, Rows.Plain(1)));
        Assert.Equal((ChatResultStatus.Unknown, "NoAnswer", 7), (result.Status, result.ErrorId, result.Attempts));
    });

    [Fact]
    public Task P1_a_row_stays_unknown_when_its_last_try_was_only_throttled() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number == 1 ? throw Answers.Broken() : Answers.Code(60007));
        using var lab = new Lab(time, clock, service);
        ChatResult result = Assert.Single(lab.Run(lab.Delete, Rows.Plain(1)));
        Assert.Equal((ChatResultStatus.Unknown, "Throttled"), (result.Status, result.ErrorId));
    });

    [Fact]
    public Task P1_a_row_that_could_not_be_sent_was_not_sent() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, Answers.NotResolvedAsync);
        using var lab = new Lab(time, clock, service);
        using BulkRun<ChatResult> run = lab.Start(lab.Delete);
        ChatResult result = Assert.Single(lab.Finish(run, Rows.Plain(1)));
        Assert.Equal((ChatResultStatus.Skipped, "RunStopped", 0), (result.Status, result.ErrorId, result.Attempts));
        Assert.Equal("ConnectionFailed", run.Control.Reason?.Error.ErrorId);
    });

    [Theory]
    [InlineData(71000)]
    [InlineData(60010)]
    [InlineData(123456)]
    public Task P1_a_refusal_says_nothing_of_the_unclear_try_before_it(int code) => VirtualTime.RunAsync((time, clock) =>
    {
        // The first try may have deleted the account before an admin switched deletion off.
        using var service = new ScriptedService(clock, call => call.Number == 1 ? throw Answers.Broken() : Answers.Code(code));
        using var lab = new Lab(time, clock, service);
        ChatResult result = Assert.Single(lab.Run(lab.Delete, Rows.Plain(1)));
        Assert.Equal((ChatResultStatus.Unknown, code), (result.Status, result.ErrorCode));
    });

    [Fact]
    public Task P1_bad_content_was_bad_in_the_unclear_try_before_as_well() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number == 1 ? throw Answers.Broken() : Answers.Code(90030));
        using var lab = new Lab(time, clock, service);
        Assert.Equal(ChatResultStatus.Failed, Assert.Single(lab.Run(lab.Set, Rows.Set(1))).Status);
    });

    [Fact]
    public Task P6_an_account_that_a_read_leaves_out_is_not_found_at_once() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => Answers.Attributes(call.Accounts.Where(account => account != "u2")));
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Get, Rows.Get(3));
        Assert.Equal([null, "AccountNotFound", null], results.Select(result => result.ErrorId));
        Assert.Single(service.Calls);
    });

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.Found)]
    public Task P7_what_a_proxy_refuses_for_good_ends_the_run(HttpStatusCode status) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Status((int)status));
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Set, Rows.Set(20), new() { BatchSize = 1, ThrottleLimit = 1 });
        Assert.Single(service.Calls);
        Assert.Equal((ChatResultStatus.Failed, "ConnectionRefused"), (results[0].Status, results[0].ErrorId));
        Assert.All(results.Skip(1), result => Assert.Equal(ChatResultStatus.Skipped, result.Status));
    });
}
