using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Operations.Push;
using TencentChat.Protocol;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Operations.Push;

/// <summary>A push to all users or by a condition: what is sent, to the letter, and that it goes out once (P13).</summary>
[Collection(VirtualTime.Collection)]
public sealed class PushTests
{
    private const string TaskId = "1400000000_144115210000000001_4294967295_1";
    private const string Accepted = $$"""{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"TaskId":"{{TaskId}}"}""";

    private static readonly PushMessage s_hello = new() { Text = "Hello" };

    [Fact]
    public Task A_push_to_all_users_is_written_as_its_page_says() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Json(Accepted));
        var condition = new PushCondition { AnyTag = ["vip"], AllTags = ["beta", "贵宾"] };
        PushMessage message = s_hello with { Sender = "shop", LifeTime = TimeSpan.FromDays(1), Title = "Sale" };
        PushResult result = Push(time, clock, service, AttributeService.AllMemberPush, message, condition, 40712);
        ScriptedCall call = Assert.Single(service.Calls);
        Assert.Equal("/v4/all_member_push/im_push", call.Uri.AbsolutePath);
        Assert.Equal(
            """{"MsgRandom":40712,"From_Account":"shop","MsgLifeTime":86400,"Condition":{"TagsOr":["vip"],"TagsAnd":["beta","贵宾"]},"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"Hello"}}],"OfflinePushInfo":{"Title":"Sale"}}""",
            call.Body);
        Assert.Equal((ChatResultStatus.Succeeded, TaskId, 40712u, 1), (result.Status, result.TaskId, result.MsgRandom, result.Attempts));
        Assert.Equal("users with any of the tags 'vip' and all of the tags 'beta', '贵宾'", result.Audience);
    });

    [Fact]
    public Task A_push_of_the_push_service_is_written_as_its_page_says() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Json(Accepted));
        PushMessage message = new() { Body = Json("""{"MsgType":"TIMCustomElem","MsgContent":{"Data":"x"}}"""), Offline = Json("""{"PushFlag":0,"Title":"old","Ext":"{}"}"""), Title = "new", OnlineOnly = true };
        Push(time, clock, service, AttributeService.TimPush, message, new PushCondition { NoneOfTags = ["a"] }, uint.MaxValue);
        ScriptedCall call = Assert.Single(service.Calls);
        Assert.Equal("/v4/timpush/push", call.Uri.AbsolutePath);
        Assert.Equal(
            """{"MsgRandom":4294967295,"OnlineOnlyFlag":1,"Condition":{"TagsNot":["a"]},"MsgBody":[{"MsgType":"TIMCustomElem","MsgContent":{"Data":"x"}}],"OfflinePushInfo":{"PushFlag":0,"Ext":"{}","Title":"new"}}""",
            call.Body);
    });

    [Fact]
    public Task A_condition_of_attributes_is_an_object_of_objects_and_everybody_is_none_at_all() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Endpoint == "im_get_attr_name" ? Answers.Names("city", "sex") : Answers.Json(Accepted));
        using Lab lab = Connect(time, clock, service, AttributeService.AllMemberPush);
        var condition = new PushCondition { AnyAttribute = Values(("city", "Paris")), AllAttributes = Values(("sex", "f"), ("city", "Oslo")) };
        time.Await(lab.Connection.PushAsync(s_hello, condition));
        time.Await(lab.Connection.PushAsync(s_hello));
        using var byAttributes = JsonDocument.Parse(service.Calls.First(call => call.Endpoint == "im_push").Body);
        Assert.Equal("""{"AttrsOr":{"city":"Paris"},"AttrsAnd":{"sex":"f","city":"Oslo"}}""", byAttributes.RootElement.GetProperty("Condition").GetRawText());
        using var toAll = JsonDocument.Parse(service.Calls[^1].Body);
        Assert.Equal(["MsgRandom", "MsgBody"], toAll.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.True(toAll.RootElement.GetProperty("MsgRandom").TryGetUInt32(out _));
    });

    [Theory]
    [InlineData("broken", "NoAnswer")]
    [InlineData("truncated", "MalformedReply")]
    [InlineData("502", "NoAnswer")]
    [InlineData("91000", "ServiceFault")]
    [InlineData("60008", "ServiceBusy")]
    [InlineData("123456", "UnknownServiceError")]
    [InlineData("never", "NoAnswer")]
    public Task P13_a_push_that_may_have_gone_out_is_not_repeated(string fault, string errorId) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => fault switch
        {
            "broken" => Answers.BrokenAsync(call),
            "never" => Answers.LaterAsync(clock, call, TimeSpan.FromHours(1), Answers.Ok),
            "truncated" => Task.FromResult(Answers.Json("""{"ErrorCode":0,"Tas""")),
            "502" => Task.FromResult(Answers.Status(502)),
            _ => Task.FromResult(Answers.Code(int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture))),
        });
        PushResult result = Push(time, clock, service, AttributeService.AllMemberPush, s_hello, null, 77);
        Assert.Single(service.Calls);
        Assert.Equal((ChatResultStatus.Unknown, errorId, 77u, 1), (result.Status, result.ErrorId, result.MsgRandom, result.Attempts));
        Assert.Null(result.TaskId);
        Assert.Contains("same MsgRandom", result.Message, StringComparison.Ordinal);
        Assert.Contains("1 second, or for 7 days", result.Message, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData(90024)]
    [InlineData(60007)]
    public Task P13_a_push_that_came_too_soon_waits_and_goes_out_once_with_its_number(int code) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number == 1 ? Answers.Code(code) : Answers.Json(Accepted));
        PushResult result = Push(time, clock, service, AttributeService.AllMemberPush, s_hello, null, null);
        Assert.Equal((ChatResultStatus.Succeeded, TaskId, 2), (result.Status, result.TaskId, result.Attempts));
        Assert.Equal(service.Calls[0].Body, service.Calls[1].Body);
        Assert.True(service.Calls[1].At > service.Calls[0].At);
    });

    [Fact]
    public Task P13_a_push_that_surely_never_arrived_is_repeated() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number < 3 ? throw Answers.NotResolved() : Answers.Json(Accepted));
        Assert.Equal((ChatResultStatus.Succeeded, 1), Push(time, clock, service, AttributeService.AllMemberPush, s_hello, null, null) is var result ? (result.Status, result.Attempts) : default);
        Assert.Equal(3, service.Calls.Count);
    });

    [Theory]
    [InlineData("""{"ErrorCode":0}""")]
    [InlineData("""{"ErrorCode":0,"TaskId":""}""")]
    public Task A_push_that_was_accepted_without_a_task_says_so(string answer) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Json(answer));
        PushResult result = Push(time, clock, service, AttributeService.TimPush, s_hello, null, null);
        Assert.Equal((ChatResultStatus.Succeeded, null, "The answer has no task id, so the push cannot be withdrawn."), (result.Status, result.TaskId, result.Message));
    });

    [Theory]
    [InlineData(90047, "QuotaExceeded")]
    [InlineData(90045, "FeatureNotEnabled")]
    [InlineData(90039, null)]
    public Task A_refusal_is_final_and_nothing_went_out(int code, string? errorId) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Code(code, "no"));
        PushResult result = Push(time, clock, service, AttributeService.TimPush, s_hello, null, null);
        Assert.Single(service.Calls);
        Assert.Equal((ChatResultStatus.Failed, code), (result.Status, result.ErrorCode));
        Assert.True(errorId is null || errorId == result.ErrorId, result.ErrorId);
        Assert.DoesNotContain("MsgRandom", result.Message, StringComparison.Ordinal);
    });

    [Fact]
    public Task Withdrawing_sends_the_task_and_what_overwrites_it() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        using Lab lab = Connect(time, clock, service, AttributeService.TimPush);
        time.Await(Task.WhenAll(lab.Connection.RevokePushAsync("660c_1").ContinueWith(_ => true, TaskScheduler.Default)));
        time.Await(Task.WhenAll(lab.Connection.RevokePushAsync("660c_2", Json("""{"PushFlag":0,"Desc":"gone"}""")).ContinueWith(_ => true, TaskScheduler.Default)));
        Assert.Equal(
            ["""{"TaskId":"660c_1","OfflinePushInfo":{"PushFlag":0}}""", """{"TaskId":"660c_2","OfflinePushInfo":{"PushFlag":0,"Desc":"gone"}}"""],
            service.Calls.Select(call => call.Body));
        Assert.All(service.Calls, call => Assert.Equal("/v4/timpush/revoke", call.Uri.AbsolutePath));
    });

    [Fact]
    public Task P6_a_push_that_an_earlier_unclear_try_withdrew_is_withdrawn() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number == 1 ? throw Answers.Broken() : Answers.Code(90050));
        using Lab lab = Connect(time, clock, service, AttributeService.TimPush);
        Assert.True(time.Await(lab.Connection.RevokePushAsync("660c_1").ContinueWith(task => task.IsCompletedSuccessfully, TaskScheduler.Default)));
        Assert.Equal(2, service.Calls.Count);
    });

    [Fact]
    public Task A_push_that_somebody_withdrew_before_cannot_be_withdrawn_again() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Code(90050));
        using Lab lab = Connect(time, clock, service, AttributeService.TimPush);
        var fault = time.Await(lab.Connection.RevokePushAsync("660c_1").ContinueWith(task => task.Exception?.InnerException, TaskScheduler.Default)) as TencentChat.Errors.ChatServiceException;
        Assert.Equal(90050, fault?.Error.Code);
    });

    private static PushResult Push(VirtualTime time, FakeClock clock, ScriptedService service, AttributeService family, PushMessage message, PushCondition? condition, uint? msgRandom)
    {
        using Lab lab = Connect(time, clock, service, family);
        return time.Await(lab.Connection.PushAsync(message, condition, msgRandom));
    }

    private static Lab Connect(VirtualTime time, FakeClock clock, ScriptedService service, AttributeService family) =>
        new(time, clock, service, options => options with { AttributeService = family });

    private static Dictionary<string, string> Values(params (string Name, string Value)[] values) => values.ToDictionary(pair => pair.Name, pair => pair.Value);

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
