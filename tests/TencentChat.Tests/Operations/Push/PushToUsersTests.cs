using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Operations.Push;
using TencentChat.Protocol;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Operations.Push;

/// <summary>A push to named users: no user gets it twice (P13), and each row has its result.</summary>
[Collection(VirtualTime.Collection)]
public sealed class PushToUsersTests
{
    [Fact]
    public Task The_call_is_written_as_its_page_says_and_every_row_gets_its_task() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Json("""{"ErrorCode":0,"TaskId":"batch_1","ErrorList":[{"ErrorCode":70107,"To_Account":"u2"}]}"""));
        List<UserPushResult> results = Push(time, clock, service, ["u1", "u2"]);
        Assert.Equal([ChatResultStatus.Succeeded, ChatResultStatus.Failed], results.Select(result => result.Status));
        Assert.Equal(["batch_1", null], results.Select(result => result.TaskId));
        ScriptedCall call = Assert.Single(service.Calls);
        Assert.Equal("/v4/timpush/batch", call.Uri.AbsolutePath);
        Assert.Equal($$$"""{"MsgRandom":{{{results[0].MsgRandom}}},"From_Account":"administrator","To_Account":["u1","u2"],"OfflinePushInfo":{"Title":"T","Desc":"D"}}""", call.Body);
    });

    [Fact]
    public Task P13_a_user_who_comes_twice_gets_it_once() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Accepted());
        List<UserPushResult> results = Push(time, clock, service, ["u1", "u2", "u1"], new() { BatchSize = 1 });
        Assert.Equal([ChatResultStatus.Succeeded, ChatResultStatus.Succeeded, ChatResultStatus.Skipped], results.Select(result => result.Status));
        Assert.Equal(["u1", "u2"], service.Calls.SelectMany(call => call.Accounts).Order(StringComparer.Ordinal));
    });

    [Theory]
    [InlineData("broken")]
    [InlineData("truncated")]
    [InlineData("502")]
    [InlineData("91000")]
    [InlineData("123456")]
    public Task P13_users_whose_call_has_no_clear_answer_are_not_pushed_to_again(string fault) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => fault switch
        {
            "broken" => throw Answers.Broken(),
            "truncated" => Answers.Json("""{"ErrorCode":0,"Tas"""),
            "502" => Answers.Status(502),
            _ => Answers.Code(int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture)),
        });
        List<UserPushResult> results = Push(time, clock, service, ["u1", "u2"]);
        Assert.Single(service.Calls);
        Assert.All(results, result => Assert.Equal((ChatResultStatus.Unknown, null, 1), (result.Status, result.TaskId, result.Attempts)));
        Assert.All(results, result => Assert.NotEqual(0u, result.MsgRandom));
        Assert.All(results, result => Assert.Contains("was not repeated", result.Message, StringComparison.Ordinal));
    });

    [Fact]
    public Task P13_a_user_of_unclear_fate_is_not_carried_along_when_others_are_sent_again() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number == 1 ? Answers.ErrorList(("u1", 91000), ("u2", 60007)) : Accepted());
        List<UserPushResult> results = Push(time, clock, service, ["u1", "u2", "u3"]);
        Assert.Equal([ChatResultStatus.Unknown, ChatResultStatus.Succeeded, ChatResultStatus.Succeeded], results.Select(result => result.Status));
        Assert.Equal([["u1", "u2", "u3"], ["u2"]], service.Calls.Select(call => call.Accounts));
    });

    [Fact]
    public Task P13_users_who_were_throttled_are_sent_later() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number == 1 ? Answers.Code(60007) : Accepted());
        Assert.All(Push(time, clock, service, ["u1"]), result => Assert.Equal((ChatResultStatus.Succeeded, 2), (result.Status, result.Attempts)));
    });

    [Fact]
    public Task Five_hundred_users_go_in_one_call() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Accepted());
        Push(time, clock, service, [.. Enumerable.Range(1, 750).Select(i => $"u{i}")]);
        Assert.Equal([500, 250], service.Calls.Select(call => call.Accounts.Count));
        Assert.Equal(2, service.Calls.Select(MsgRandomOf).Distinct().Count());
    });

    [Fact]
    public Task P7_a_feature_that_is_off_ends_the_run() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Code(90045));
        List<UserPushResult> results = Push(time, clock, service, ["u1", "u2", "u3"], new() { BatchSize = 1, ThrottleLimit = 1 });
        Assert.Single(service.Calls);
        Assert.Equal([ChatResultStatus.Failed, ChatResultStatus.Skipped, ChatResultStatus.Skipped], results.Select(result => result.Status));
    });

    [Fact]
    public Task P13_users_whom_an_answer_leaves_in_doubt_are_not_sent_another() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.ErrorList(("ann", 70107)));
        List<UserPushResult> results = Push(time, clock, service, ["Ann", "bob"]);
        Assert.Single(service.Calls);
        Assert.All(results, result => Assert.Equal((ChatResultStatus.Unknown, "MalformedReply"), (result.Status, result.ErrorId)));
    });

    private static HttpResponseMessage Accepted() => Answers.Json("""{"ErrorCode":0,"TaskId":"batch_1"}""");

    private static uint MsgRandomOf(ScriptedCall call) => JsonSerializer.Deserialize<JsonElement>(call.Body).GetProperty("MsgRandom").GetUInt32();

    private static List<UserPushResult> Push(VirtualTime time, FakeClock clock, ScriptedService service, string[] users, BulkOptions? options = null)
    {
        using var lab = new Lab(time, clock, service, chosen => chosen with { AttributeService = AttributeService.TimPush });
        var operation = new PushToUsers(PushRules.ContentForUsers(new PushMessage { Title = "T", Text = "D" }, lab.Connection.AdminUserId));
        return [.. lab.Run(operation, users.Select((user, i) => operation.NewRow(i + 1, user, null)), options).Cast<UserPushResult>()];
    }
}
