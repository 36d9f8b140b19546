using System.Globalization;
using System.Net;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Attributes;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Bulk;

/// <summary>
/// Promises P4, P6 and P7 for what stands between a run and the service: gateways, proxies, filters, and no way at all. Once
/// something has passed, the way is open, and what refuses one call is about that call.
/// </summary>
[Collection(VirtualTime.Collection)]
public sealed class WayTests
{
    [Fact]
    public Task P4_a_gateways_429_is_a_throttle_answer_and_its_wait_is_kept() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number == 1 ? TooMany(429, seconds: 3) : Answers.Deleted(call.Accounts));
        using var lab = new Lab(time, clock, service);
        using BulkRun<ChatResult> run = lab.Start(lab.Delete);
        ChatResult result = Assert.Single(lab.Finish(run, Rows.Plain(1)));
        Assert.Equal((ChatResultStatus.Succeeded, 2), (result.Status, result.Attempts));
        Assert.Equal((1, 1), (run.Control.Traffic.ThrottledCalls, run.Control.RepeatedCalls));
        Assert.InRange(service.Calls[1].At, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3.1));
    });

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public Task P4_a_gateway_that_lets_fewer_calls_through_is_found_and_kept_to(int status) => VirtualTime.RunAsync((time, clock) =>
    {
        int[] perSecond = new int[100];
        using var service = new ScriptedService(clock, call =>
            Interlocked.Increment(ref perSecond[(int)call.At.TotalSeconds]) > 50 ? TooMany(status, seconds: 1) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, new BulkOptions { BatchSize = 10 });
        Assert.All(lab.Finish(run, Rows.Set(6000)), result => Assert.Equal(ChatResultStatus.Succeeded, result.Status));

        // At the full rate every second call would be refused.
        Assert.InRange(run.Control.Traffic.ThrottledCalls, 1, 150);
    });

    [Fact]
    public Task P1_what_a_gateway_refused_for_the_number_of_calls_was_not_done() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => TooMany(429, seconds: null));
        using var lab = new Lab(time, clock, service);
        ChatResult result = Assert.Single(lab.Run(lab.Delete, Rows.Plain(1)));
        Assert.Equal((ChatResultStatus.Failed, "Throttled", 0), (result.Status, result.ErrorId, result.ErrorCode));
    });

    [Theory]
    [InlineData(201)]
    [InlineData(204)]
    [InlineData(206)]
    public Task P1_a_success_without_an_answer_may_have_done_its_work(int status) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Accounts.Contains("u1") ? Answers.Status(status) : Answers.Deleted(call.Accounts));
        using var lab = new Lab(time, clock, service);
        using BulkRun<ChatResult> run = lab.Start(lab.Delete, new BulkOptions { BatchSize = 1 });
        List<ChatResult> results = lab.Finish(run, Rows.Plain(50));
        Assert.Equal((ChatResultStatus.Unknown, "NoAnswer", 7), (results[0].Status, results[0].ErrorId, results[0].Attempts));
        Assert.All(results.Skip(1), result => Assert.Equal(ChatResultStatus.Succeeded, result.Status));
        Assert.Null(run.Control.Reason);
    });

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(413)]
    public Task P2_a_row_that_a_filter_on_the_way_takes_offence_at_stands_alone(int status) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Body.Contains("' OR 1=1", StringComparison.Ordinal) ? Answers.Status(status) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, new BulkOptions { ThrottleLimit = 1 });
        List<AttributeRow> rows = [.. Enumerable.Range(1, 1000).Select(i => Rows.Set(i, $"u{i}", ("city", i == 555 ? "' OR 1=1" : "Paris")))];
        List<ChatResult> results = lab.Finish(run, rows);
        ChatResult refused = Assert.Single(results, result => result.Status != ChatResultStatus.Succeeded);
        Assert.Equal((555, ChatResultStatus.Failed, "RequestBlocked"), (refused.Row, refused.Status, refused.ErrorId));
        Assert.Contains(status.ToString(CultureInfo.InvariantCulture), refused.Message, StringComparison.Ordinal);
        Assert.Null(run.Control.Reason);

        // Ten batches, fourteen smaller calls, and one repeat of the last.
        Assert.InRange(service.Calls.Count, 20, 10 + 14 + 1);
    });

    [Theory]
    [InlineData(403, 1)]
    [InlineData(403, 100)]
    [InlineData(401, 100)]
    [InlineData(302, 100)]
    [InlineData(407, 100)]
    public Task P7_a_gateway_that_refuses_one_call_of_many_does_not_end_the_run(int status, int batchSize) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number == 5 ? Answers.Status(status) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        Assert.All(lab.Run(lab.Set, Rows.Set(1000), new BulkOptions { BatchSize = batchSize }), result => Assert.Equal(ChatResultStatus.Succeeded, result.Status));
    });

    [Theory]
    [InlineData(60002)]
    [InlineData(60009)]
    [InlineData(60012)]
    [InlineData(60025)]
    public Task P7_a_malformed_call_ends_a_run_that_begins_with_it_and_is_split_in_another(int code) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Accounts.Contains("u150") ? Answers.Code(code) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Set, Rows.Set(300), new BulkOptions { ThrottleLimit = 1 });
        ChatResult refused = Assert.Single(results, result => result.Status != ChatResultStatus.Succeeded);
        Assert.Equal(("u150", ChatResultStatus.Failed, code), (refused.UserId, refused.Status, refused.ErrorCode));

        using var other = new ScriptedService(clock, _ => Answers.Code(code));
        using var first = new Lab(time, clock, other);
        using BulkRun<AttributeRow> run = first.Start(first.Set, new BulkOptions { ThrottleLimit = 1 });
        first.Finish(run, Rows.Set(300));
        Assert.Single(other.Calls);
        Assert.Equal(code, run.Control.Reason?.Error.Code);
    });

    [Theory]
    [InlineData("not resolved")]
    [InlineData("no connection")]
    [InlineData("handshake")]
    [InlineData("tunnel")]
    public Task P6_an_outage_shorter_than_two_minutes_costs_no_row_anything(string fault) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call =>
            call.At > TimeSpan.FromSeconds(0.1) && call.At < TimeSpan.FromSeconds(115) ? throw Unreachable(fault) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set);
        List<ChatResult> results = lab.Finish(run, Rows.Set(5000));
        Assert.All(results, result => Assert.Equal((ChatResultStatus.Succeeded, 1), (result.Status, result.Attempts)));
        Assert.Null(run.Control.Reason);
    });

    [Theory]
    [InlineData("not resolved")]
    [InlineData("no connection")]
    [InlineData("handshake")]
    [InlineData("tunnel")]
    public Task P6_a_longer_one_ends_the_run_after_the_two_minutes_and_what_was_not_sent_says_so(string fault) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number > 5 ? throw Unreachable(fault) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set);
        List<ChatResult> results = lab.Finish(run, Rows.Set(5000));
        Assert.Equal(ClientErrors.ConnectionFailed, run.Control.Reason?.Error);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(121));
        Assert.All(results.Take(500), result => Assert.Equal(ChatResultStatus.Succeeded, result.Status));
        Assert.All(results.Skip(500), result => Assert.Equal((ChatResultStatus.Skipped, 0), (result.Status, result.Attempts)));
    });

    [Fact]
    public Task P1_a_row_that_was_sent_before_the_outage_is_unknown_and_not_skipped() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number == 1 ? Answers.BrokenAsync(call) : Answers.NotResolvedAsync(call));
        using var lab = new Lab(time, clock, service);
        ChatResult result = Assert.Single(lab.Run(lab.Delete, Rows.Plain(1)));
        Assert.Equal((ChatResultStatus.Unknown, "ConnectionFailed", 1), (result.Status, result.ErrorId, result.Attempts));
    });

    [Theory]
    [InlineData("407")]
    [InlineData("401")]
    [InlineData("no connection")]
    public Task P7_one_call_that_cannot_be_sent_fails_alone_where_nothing_is_repeated(string fault) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number == 5 ? Refusal(fault) : Answers.Ok());
        using Lab lab = Unrepeated(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, new BulkOptions { ThrottleLimit = 1 });
        List<ChatResult> results = lab.Finish(run, Rows.Set(1000));
        Assert.Null(run.Control.Reason);
        Assert.All(results[400..500], result => Assert.Equal((ChatResultStatus.Failed, "ConnectionFailed", 0), (result.Status, result.ErrorId, result.Attempts)));
        Assert.All(results[..400].Concat(results[500..]), result => Assert.Equal(ChatResultStatus.Succeeded, result.Status));
    });

    [Theory]
    [InlineData("407", 1)]
    [InlineData("401", 1)]
    [InlineData("no connection", 1)]
    [InlineData("no connection", 7)]
    public Task P7_what_has_passed_before_the_run_counts_where_nothing_is_repeated(string fault, int failures) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number > 1 && call.Number <= 1 + failures ? Refusal(fault) : Answers.Ok());
        using Lab lab = Unrepeated(time, clock, service);
        lab.Run(lab.Set, Rows.Set(1));
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, new BulkOptions { ThrottleLimit = 1 });
        List<ChatResult> results = lab.Finish(run, Rows.Set(1000));
        Assert.Null(run.Control.Reason);
        Assert.All(results.Take(failures * 100), result => Assert.Equal((ChatResultStatus.Failed, "ConnectionFailed"), (result.Status, result.ErrorId)));
        Assert.All(results.Skip(failures * 100), result => Assert.Equal(ChatResultStatus.Succeeded, result.Status));
    });

    [Theory]
    [InlineData("407", 0, 1)]
    [InlineData("no connection", 0, 1)]
    [InlineData("407", 5, 8)]
    [InlineData("no connection", 5, 8)]
    public Task P7_an_outage_ends_a_run_in_which_nothing_is_repeated(string fault, int before, int failures) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number > before ? Refusal(fault) : Answers.Ok());
        using Lab lab = Unrepeated(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, new BulkOptions { ThrottleLimit = 1 });
        List<ChatResult> results = lab.Finish(run, Rows.Set(2000));
        Assert.NotNull(run.Control.Reason);
        Assert.Equal(before + failures, service.Calls.Count);
        Assert.All(results.Skip((before + failures) * 100), result => Assert.Equal((ChatResultStatus.Skipped, 0), (result.Status, result.Attempts)));
    });

    [Theory]
    [InlineData(100)]
    [InlineData(1)]
    public Task P7_a_call_that_never_gets_through_while_others_do_is_halved_and_ends_no_run(int batchSize) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Accounts.Contains("u555") ? Answers.Status(407) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, new BulkOptions { BatchSize = batchSize });
        List<ChatResult> results = lab.Finish(run, Rows.Set(5000));
        Assert.Null(run.Control.Reason);
        ChatResult failed = Assert.Single(results, result => result.Status != ChatResultStatus.Succeeded);
        Assert.Equal((555, ChatResultStatus.Failed, "ConnectionFailed"), (failed.Row, failed.Status, failed.ErrorId));
    });

    [Fact]
    public Task P7_a_call_that_could_not_be_sent_once_is_no_outage_when_answers_followed() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call =>
            call.Number == 1 ? throw Unreachable("no connection") : call.Accounts.Contains("u1") ? Answers.ErrorList(("u1", 91000)) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, new BulkOptions { ThrottleLimit = 1, BatchSize = 1 });
        List<ChatResult> results = lab.Finish(run, Rows.Set(3));
        Assert.Null(run.Control.Reason);
        Assert.Equal([ChatResultStatus.Unknown, ChatResultStatus.Succeeded, ChatResultStatus.Succeeded], results.Select(result => result.Status));
    });

    [Fact]
    public Task P7_a_certificate_that_is_not_accepted_ends_a_run_that_begins_with_it() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Task.FromException<HttpResponseMessage>(Untrusted()));
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, new BulkOptions { ThrottleLimit = 1 });
        List<ChatResult> results = lab.Finish(run, Rows.Set(200));
        Assert.Single(service.Calls);
        Assert.Equal("ConnectionRefused", run.Control.Reason?.Error.ErrorId);
        Assert.All(results.Skip(100), result => Assert.Equal(ChatResultStatus.Skipped, result.Status));
    });

    [Fact]
    public Task P7_one_of_many_machines_with_a_bad_certificate_does_not_end_a_run() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number % 5 == 0 ? throw Untrusted() : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        Assert.All(lab.Run(lab.Set, Rows.Set(2000)), result => Assert.Equal(ChatResultStatus.Succeeded, result.Status));
    });

    private static HttpResponseMessage TooMany(int status, int? seconds)
    {
        HttpResponseMessage answer = Answers.Status(status);
        answer.Headers.RetryAfter = seconds is { } after ? new(TimeSpan.FromSeconds(after)) : null;
        return answer;
    }

    private static HttpRequestException Untrusted() => new(
        HttpRequestError.SecureConnectionError, "The SSL connection could not be established.", new System.Security.Authentication.AuthenticationException("UntrustedRoot"));

    private static HttpResponseMessage Refusal(string fault) => fault == "no connection" ? throw Unreachable(fault) : Answers.Status(int.Parse(fault, CultureInfo.InvariantCulture));

    private static Lab Unrepeated(VirtualTime time, FakeClock clock, ScriptedService service) =>
        new(time, clock, service, options => options with { Retry = options.Retry with { MaxRetry = 0 } });

    private static HttpRequestException Unreachable(string fault) => fault switch
    {
        "not resolved" => Answers.NotResolved(),
        "no connection" => new(HttpRequestError.ConnectionError, "Connection refused"),
        "handshake" => new(HttpRequestError.SecureConnectionError, "The SSL connection could not be established.", new IOException("Received an unexpected EOF or 0 bytes from the transport stream.")),
        _ => new(HttpRequestError.ProxyTunnelError, "The proxy tunnel request failed.", statusCode: HttpStatusCode.ServiceUnavailable),
    };
}
