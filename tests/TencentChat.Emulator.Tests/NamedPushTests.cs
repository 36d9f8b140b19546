using TencentChat.Emulator.Options;
using TencentChat.Emulator.State;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

/// <summary>The Push service's <c>batch</c>, for named accounts, and <c>revoke</c>.</summary>
public sealed class NamedPushTests
{
    private const string Device = "379C2F0D-290D-47AE-94D1-919058C39C77";
    private const string Notification = "\"OfflinePushInfo\":{\"PushFlag\":0,\"Title\":\"Hi\"}";

    [Fact]
    public async Task Named_accounts_are_told_and_those_that_are_missing_are_listed()
    {
        using var harness = new Harness(options => options.Accounts = ["u", "v", Device]);
        Answer answer = await harness.Call(Harness.Tim + "batch", $$"""{"From_Account":"administrator","To_Account":["u","nobody","{{Device}}"],"MsgRandom":5,{{Notification}},"DataId":"d"}""");
        Assert.Equal(0, answer.Code);
        Assert.Equal(new() { ["nobody"] = 70107 }, answer.Codes("ErrorList", "To_Account", "ErrorCode"));
        Push push = Assert.Single(harness.Emulator.Pushes.Sent);
        Assert.Equal((answer.Json.GetProperty("TaskId").GetString(), "batch", 2, "Hi"), (push.TaskId, push.Endpoint, push.AudienceCount, push.Text));
        Assert.Equal(["u", Device], push.Accounts);
        Assert.StartsWith("batch_", push.TaskId, StringComparison.Ordinal);
        Assert.Equal((3, 2), (harness.Emulator.Journal.Entries[0].AccountCount, harness.Emulator.Journal.Entries[0].AudienceCount));
        Assert.False((await Batch(harness, "u")).Has("ErrorList"));
    }

    [Theory]
    [InlineData("{}", 90008)]
    [InlineData("{\"From_Account\":\"a\",\"To_Account\":[\"u\"]," + Notification + "}", 90005)]
    [InlineData("{\"To_Account\":[\"u\"],\"MsgRandom\":1," + Notification + "}", 90008)]
    [InlineData("{\"From_Account\":\"a\",\"To_Account\":[\"u\"],\"MsgRandom\":1}", 90001)]
    [InlineData("{\"From_Account\":\"a\",\"To_Account\":[],\"MsgRandom\":1," + Notification + "}", 90001)]
    [InlineData("{\"From_Account\":\"a\",\"MsgRandom\":1," + Notification + "}", 90001)]
    [InlineData("{\"From_Account\":\"a\",\"To_Account\":[1],\"MsgRandom\":1," + Notification + "}", 60015)]
    [InlineData("{\"From_Account\":\"a\",\"To_Account\":[\"u\",\"u\"],\"MsgRandom\":1," + Notification + "}", 90001)]
    [InlineData("{\"From_Account\":\"a\",\"To_Account\":[\"u\"],\"MsgRandom\":1,\"Condition\":{}," + Notification + "}", 90001)]
    [InlineData("{\"From_Account\":\"a\",\"To_Account\":[\"u\"],\"MsgRandom\":1,\"DataId\":\"éééééééééééééééééééééééééééééééééé\"," + Notification + "}", 90057)]
    public async Task A_batch_of_any_other_shape_is_refused_with_an_empty_task(string body, int code)
    {
        using var harness = new Harness(options => options.Accounts = ["u"]);
        Answer answer = await harness.Call(Harness.Tim + "batch", body);
        Assert.Equal((code, "FAIL", ""), (answer.Code, answer.Json.GetProperty("ActionStatus").GetString(), answer.Json.GetProperty("TaskId").GetString()));
        Assert.Equal(0, harness.Emulator.Pushes.Count);
    }

    [Fact]
    public async Task A_batch_takes_five_hundred_accounts()
    {
        string[] accounts = [.. Enumerable.Range(0, 501).Select(i => $"u{i}")];
        using var harness = new Harness(options => options.Accounts = accounts);
        Assert.Equal(0, (await Batch(harness, accounts[..500])).Code);
        Assert.Equal(90011, (await Batch(harness, accounts)).Code);
        Assert.Equal(500, harness.Emulator.Pushes.Sent[0].AudienceCount);
    }

    [Fact]
    public async Task Batches_neither_count_against_the_day_nor_wait_for_each_other_nor_merge()
    {
        using var harness = new Harness(options => { options.PushesPerDay = 1; options.Accounts = ["u"]; });
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(0, (await Batch(harness, "u")).Code);
        }

        Assert.Equal(3, harness.Emulator.Pushes.Count);
        Assert.Equal(3, harness.Emulator.Pushes.Sent.Select(push => push.TaskId).Distinct().Count());
        Assert.Equal(0, (await Push(harness, 1)).Code);
    }

    [Theory]
    [InlineData(BatchRate.CallsByPlan, EmulatorPlan.Trial, 10)]
    [InlineData(BatchRate.CallsByPlan, EmulatorPlan.Paid, 30)]
    [InlineData(BatchRate.ThirtyCalls, EmulatorPlan.Trial, 30)]
    [InlineData(BatchRate.UsersByPlan, EmulatorPlan.Trial, 15)]
    [InlineData(BatchRate.UsersByPlan, EmulatorPlan.Paid, 250)]
    public async Task Batches_come_no_faster_than_the_plan_allows(BatchRate rate, EmulatorPlan plan, int calls)
    {
        using var harness = new Harness(options => { options.RateLimit = null; options.Plan = plan; options.OpenQuestions.BatchRate = rate; options.Accounts = ["u", "v"]; });
        for (int i = 0; i < calls; i++)
        {
            Assert.Equal(0, (await Batch(harness, "u", "v")).Code);
        }

        Assert.Equal(60007, (await Batch(harness, "u", "v")).Code);
        harness.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, (await Batch(harness, "u", "v")).Code);
    }

    [Fact]
    public async Task A_batch_of_more_than_a_second_takes_has_a_second_to_itself()
    {
        string[] accounts = [.. Enumerable.Range(0, 100).Select(i => $"u{i}")];
        using var harness = new Harness(options => { options.RateLimit = null; options.OpenQuestions.BatchRate = BatchRate.UsersByPlan; options.OpenQuestions.BatchRateCode = 90057; options.Accounts = accounts; });
        Assert.Equal(0, (await Batch(harness, accounts)).Code);
        Assert.Equal(90057, (await Batch(harness, "u1")).Code);
        harness.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, (await Batch(harness, "u1")).Code);
        Assert.Equal(90057, (await Batch(harness, accounts)).Code);
    }

    [Fact]
    public async Task A_push_is_revoked_once_and_within_a_day()
    {
        using var harness = new Harness();
        string taskId = Task(await Push(harness, 1));
        Assert.Equal(0, (await Revoke(harness, taskId)).Code);
        Assert.Equal(harness.Clock.GetUtcNow(), harness.Emulator.Pushes.Sent[0].RevokedAt);
        Assert.Equal((taskId, true), (harness.Emulator.Journal.Entries[^1].TaskId, harness.Emulator.Journal.Entries[^1].WorkDone));
        Assert.Equal(90051, (await Revoke(harness, taskId)).Code);
        harness.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(90050, (await Revoke(harness, taskId)).Code);
        string late = Task(await Push(harness, 2));
        harness.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromTicks(1));
        Assert.Equal(90052, (await Revoke(harness, late)).Code);
        harness.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(90049, (await Revoke(harness, "nothing")).Code);
    }

    [Fact]
    public async Task Pushes_of_the_other_family_and_to_named_accounts_cannot_be_revoked()
    {
        using var harness = new Harness(options => options.Accounts = ["u"]);
        const string Message = "\"MsgBody\":[{\"MsgType\":\"TIMFaceElem\",\"MsgContent\":{\"Index\":1}}]";
        Assert.Equal(90049, (await Revoke(harness, Task(await harness.Call(Harness.Push + "im_push", $$"""{"MsgRandom":1,{{Message}}}""")))).Code);
        harness.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(90049, (await Revoke(harness, Task(await Batch(harness, "u")))).Code);
    }

    [Theory]
    [InlineData("{}", 90001)]
    [InlineData("{\"TaskId\":\"x\"}", 90001)]
    [InlineData("{\"TaskId\":\"\"," + Notification + "}", 90001)]
    [InlineData("{\"TaskId\":7," + Notification + "}", 90001)]
    [InlineData("{\"TaskId\":\"x\",\"OfflinePushInfo\":1}", 90001)]
    [InlineData("{\"TaskID\":\"x\"," + Notification + "}", 90001)]
    public async Task A_revocation_of_any_other_shape_is_refused(string body, int code)
    {
        using var harness = new Harness();
        Assert.Equal(code, (await harness.Call(Harness.Tim + "revoke", body)).Code);
    }

    private static Task<Answer> Batch(Harness harness, params string[] accounts) =>
        harness.Call(Harness.Tim + "batch", $$"""{"From_Account":"administrator","To_Account":[{{string.Join(',', accounts.Select(account => $"\"{account}\""))}}],"MsgRandom":5,{{Notification}}}""");

    private static Task<Answer> Push(Harness harness, uint random) => harness.Call(Harness.Tim + "push", $$"""{"MsgRandom":{{random}},{{Notification}}}""");

    private static Task<Answer> Revoke(Harness harness, string taskId) => harness.Call(Harness.Tim + "revoke", $$"""{"TaskId":"{{taskId}}",{{Notification}}}""");

    private static string Task(Answer answer) => answer.Json.GetProperty("TaskId").GetString()!;
}
