using System.Text.Json;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.State;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

/// <summary>Pushes to everybody and by condition: <c>im_push</c> and the Push service's <c>push</c>.</summary>
public sealed class PushTests
{
    private const string Device = "379C2F0D-290D-47AE-94D1-919058C39C77";
    private const string Message = "\"MsgBody\":[{\"MsgType\":\"TIMTextElem\",\"MsgContent\":{\"Text\":\"Sale at noon\"}}]";
    private const string Notification = "\"OfflinePushInfo\":{\"PushFlag\":0,\"Title\":\"Sale\",\"Desc\":\"at noon\",\"ApnsInfo\":{\"LiveActivity\":{\"A\":{\"B\":[[1]]}}}}";

    [Fact]
    public async Task A_push_without_a_condition_is_for_everybody_and_told_in_journal_and_list()
    {
        using var harness = new Harness(options => options.Accounts = ["u", "v"]);
        Answer answer = await harness.Call(Harness.Push + "im_push", $$"""{"From_Account":"shop","MsgRandom":40712,"MsgLifeTime":86400,{{Message}}}""");
        Assert.Equal((0, "OK"), (answer.Code, answer.Json.GetProperty("ActionStatus").GetString()));
        string taskId = answer.Json.GetProperty("TaskId").GetString()!;
        Push push = Assert.Single(harness.Emulator.Pushes.Sent);
        Assert.Equal((taskId, "im_push", "shop", 40712u, null, "Sale at noon", false, 3, 1L), (push.TaskId, push.Endpoint, push.From, push.MsgRandom, push.Condition, push.Text, push.IsOnlineOnly, push.AudienceCount, push.Sequence));
        Assert.Equal(["administrator", "u", "v"], push.Accounts.Order());
        Assert.Equal((taskId, 3, true), (harness.Emulator.Journal.Entries[0].TaskId, harness.Emulator.Journal.Entries[0].AudienceCount, harness.Emulator.Journal.Entries[0].WorkDone));
        Assert.Matches("^1400000000_[0-9]+_[0-9]+_40712$", taskId);
    }

    [Theory]
    [InlineData("im_push", "\"MsgLifeTime\":0,", true)]
    [InlineData("im_push", "", true)]
    [InlineData("im_push", "\"MsgLifeTime\":604800,", false)]
    public async Task A_push_that_is_not_kept_is_for_those_who_are_online(string command, string lifeTime, bool isOnlineOnly)
    {
        using var harness = new Harness();
        Assert.Equal(0, (await harness.Call(Harness.Push + command, $$"""{"MsgRandom":1,{{lifeTime}}{{Message}}}""")).Code);
        Assert.Equal(isOnlineOnly, harness.Emulator.Pushes.Sent[0].IsOnlineOnly);
    }

    [Theory]
    [InlineData(Notification, false, "Sale: at noon")]
    [InlineData(Message, false, "Sale at noon")]
    [InlineData(Message + "," + Notification, false, "Sale at noon")]
    [InlineData("\"OnlineOnlyFlag\":1," + Message + "," + Notification, true, "Sale at noon")]
    [InlineData("\"DataId\":\"campaign\",\"OfflinePushInfo\":{\"PushFlag\":1,\"Ext\":\"{}\"}", true, "")]
    public async Task The_push_service_takes_a_notification_a_message_or_both(string content, bool isOnlineOnly, string text)
    {
        using var harness = new Harness(options => options.Accounts = [Device]);
        Answer answer = await harness.Call(Harness.Tim + "push", $$"""{"From_Account":"administrator","MsgRandom":7,{{content}}}""");
        Assert.Equal(0, answer.Code);
        Push push = harness.Emulator.Pushes.Sent[0];
        Assert.Equal((isOnlineOnly, text, 2), (push.IsOnlineOnly, push.Text, push.AudienceCount));
        Assert.Matches("^[0-9a-f]+_", push.TaskId);
    }

    public static TheoryData<string, int> WrongBodies => new()
    {
        { "{}", 90005 },
        { """{MESSAGE}""", 90005 },
        { """{"MsgRandom":"1",MESSAGE}""", 90005 },
        { """{"MsgRandom":-1,MESSAGE}""", 90005 },
        { """{"MsgRandom":4294967296,MESSAGE}""", 90005 },
        { """{"MsgRandom":1.5,MESSAGE}""", 90005 },
        { """{"MsgRandom":1}""", 90002 },
        { """{"MsgRandom":1,"MsgBody":[]}""", 90002 },
        { """{"MsgRandom":1,"MsgBody":{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}}""", 90007 },
        { """{"MsgRandom":1,"MsgBody":["x"]}""", 90010 },
        { """{"MsgRandom":1,"MsgBody":[{"MsgType":"TIMTextElem"}]}""", 90010 },
        { """{"MsgRandom":1,"MsgBody":[{"MsgType":"Text","MsgContent":{"Text":"x"}}]}""", 90010 },
        { """{"MsgRandom":1,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"text":"x"}}]}""", 90010 },
        { """{"MsgRandom":1,"MsgLifeTime":604801,MESSAGE}""", 90026 },
        { """{"MsgRandom":1,"MsgLifeTime":-1,MESSAGE}""", 90001 },
        { """{"MsgRandom":1,"MsgLifeTime":"1",MESSAGE}""", 90001 },
        { """{"MsgRandom":1,"From_Account":"",MESSAGE}""", 90008 },
        { """{"MsgRandom":1,"From_Account":7,MESSAGE}""", 90008 },
        { """{"MsgRandom":1,"OfflinePushInfo":"x",MESSAGE}""", 90001 },
        { """{"MsgRandom":1,"To_Account":["u"],MESSAGE}""", 90001 },
        { """{"MsgRandom":1,"Condition":[{"TagsOr":["a"]}],MESSAGE}""", 90001 },
        { """{"MsgRandom":1,"Condition":null,MESSAGE}""", 90001 },
        { """{"MsgRandom":1,"Condition":{},MESSAGE}""", 90001 },
        { """{"MsgRandom":1,"Condition":{"TagsOr":[],"AttrsAnd":{}},MESSAGE}""", 90039 },
        { """{"MsgRandom":1,"Condition":{"TagsOr":[]},MESSAGE}""", 90001 },
        { """{"MsgRandom":1,"Condition":{"TagsOr":"a"},MESSAGE}""", 90001 },
        { """{"MsgRandom":1,"Condition":{"TagsOr":["a"],"AttrsOr":{"city":"x"}},MESSAGE}""", 90039 },
        { """{"MsgRandom":1,"Condition":{"TagsOr":["a","b"],"TagsAnd":["b"]},MESSAGE}""", 90022 },
        { """{"MsgRandom":1,"Condition":{"TagsNot":["a"]},MESSAGE}""", 90001 },
        { """{"MsgRandom":1,"Condition":{"TagsAnd":[""]},MESSAGE}""", 90040 },
        { """{"MsgRandom":1,"Condition":{"TagsAnd":["LONG"]},MESSAGE}""", 90020 },
        { """{"MsgRandom":1,"Condition":{"TagsAnd":[MANY]},MESSAGE}""", 90032 },
        { """{"MsgRandom":1,"Condition":{"AttrsOr":{"nothing":"x"}},MESSAGE}""", 90033 },
        { """{"MsgRandom":1,"Condition":{"AttrsOr":["city"]},MESSAGE}""", 90001 },
        { """{"MsgRandom":1,"Condition":{"AttrsOr":{"city":1}},MESSAGE}""", 90001 },
        { """{"MsgRandom":1,"Condition":{"AttrsOr":{"city":""}},MESSAGE}""", 90030 },
        { """{"MsgRandom":1,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"HUGE"}}]}""", 90056 },
    };

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public async Task A_push_of_any_other_shape_is_refused_and_reaches_nobody(string body, int code)
    {
        body = body.Replace("MESSAGE", Message, StringComparison.Ordinal)
            .Replace("LONG", new string('x', 51), StringComparison.Ordinal)
            .Replace("HUGE", new string('x', 10 * 1024), StringComparison.Ordinal)
            .Replace("MANY", string.Join(',', Enumerable.Range(0, 11).Select(i => $"\"t{i}\"")), StringComparison.Ordinal);
        using var harness = new Harness();
        Assert.Equal(code, (await harness.Call(Harness.Push + "im_push", body)).Code);
        Assert.Equal(0, harness.Emulator.Pushes.Count);
        Assert.False(harness.Emulator.Journal.Entries[0].WorkDone);
        // What was refused counts neither against the second nor against the day.
        Assert.Equal(0, (await harness.Call(Harness.Push + "im_push", $$"""{"MsgRandom":2,{{Message}}}""")).Code);
    }

    [Theory]
    [InlineData("{\"MsgRandom\":1}", 90001)]
    [InlineData("{" + Notification + "}", 90005)]
    [InlineData("{\"MsgRandom\":1,\"OfflinePushInfo\":{\"PushFlag\":2}}", 90001)]
    [InlineData("{\"MsgRandom\":1,\"OfflinePushInfo\":[]}", 90001)]
    [InlineData("{\"MsgRandom\":1,\"OnlineOnlyFlag\":true," + Message + "}", 90001)]
    [InlineData("{\"MsgRandom\":1,\"MsgBody\":{}," + Notification + "}", 90007)]
    [InlineData("{\"MsgRandom\":1,\"MsgLifeTime\":60," + Message + "}", 90001)]
    [InlineData("{\"MsgRandom\":1,\"DataId\":1," + Notification + "}", 90001)]
    [InlineData("{\"MsgRandom\":1,\"DataId\":\"12345678901234567890123456789012345678901234567890123456789012345\"," + Notification + "}", 90057)]
    [InlineData("{\"MsgRandom\":1,\"Condition\":{\"TagsNot\":[]}," + Notification + "}", 90001)]
    [InlineData("{\"MsgRandom\":1,\"Condition\":{\"TagsNot\":[\"a\"],\"AttrsAnd\":{\"city\":\"x\"}}," + Notification + "}", 90039)]
    public async Task A_push_of_the_push_service_of_any_other_shape_is_refused(string body, int code)
    {
        using var harness = new Harness();
        Assert.Equal(code, (await harness.Call(Harness.Tim + "push", body)).Code);
        Assert.Equal(0, harness.Emulator.Pushes.Count);
    }

    [Fact]
    public async Task Only_the_push_service_reaches_registered_devices_and_nobody_reaches_the_deleted()
    {
        using var harness = new Harness(options => options.Accounts = ["u", "gone", Device]);
        await harness.Call(Harness.Login + "account_delete", """{"DeleteItem":[{"UserID":"gone"}]}""");
        await harness.Call(Harness.Push + "im_push", $$"""{"MsgRandom":1,{{Message}}}""");
        harness.Clock.Advance(TimeSpan.FromSeconds(2));
        await harness.Call(Harness.Tim + "push", $$"""{"MsgRandom":1,{{Notification}}}""");
        Assert.Equal(["administrator", "u"], harness.Emulator.Pushes.Sent[0].Accounts.Order());
        Assert.Equal([Device, "administrator", "u"], harness.Emulator.Pushes.Sent[1].Accounts.Order());
    }

    [Fact]
    public async Task Two_pushes_are_more_than_a_second_apart()
    {
        using var harness = new Harness();
        Assert.Equal(0, await Push(harness, 1));
        harness.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(90024, await Push(harness, 2));
        harness.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await Push(harness, 2));
        Assert.Equal(90024, (await harness.Call(Harness.Tim + "push", $$"""{"MsgRandom":3,{{Notification}}}""")).Code);
        harness.Emulator.AdvanceClock(TimeSpan.FromSeconds(2));
        Assert.Equal(0, await Push(harness, 3));
    }

    [Theory]
    [InlineData(EmulatorPlan.Trial, 10)]
    [InlineData(EmulatorPlan.Paid, 100)]
    public async Task A_day_has_a_hundred_pushes_and_on_a_trial_app_ten_of_the_push_service(EmulatorPlan plan, int ofPushService)
    {
        using var harness = new Harness(options => options.Plan = plan);
        for (uint random = 0; random < ofPushService; random++)
        {
            Assert.Equal(0, (await harness.Call(Harness.Tim + "push", $$"""{"MsgRandom":{{random}},{{Notification}}}""")).Code);
            harness.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(90047, (await harness.Call(Harness.Tim + "push", $$"""{"MsgRandom":200,{{Notification}}}""")).Code);
        for (uint random = 300; random < 400 - ofPushService; random++)
        {
            Assert.Equal(0, await Push(harness, random));
            harness.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(90047, await Push(harness, 500));
        Assert.Equal(100, harness.Emulator.Pushes.Count);
        harness.Emulator.AdvanceClock(TimeSpan.FromDays(1));
        Assert.Equal(0, await Push(harness, 500));
    }

    [Fact]
    public async Task The_pushes_of_a_day_may_be_set()
    {
        using var harness = new Harness(options => options.PushesPerDay = 1);
        Assert.Equal(0, await Push(harness, 1));
        harness.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(90047, await Push(harness, 2));
        harness.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, await Push(harness, 2));
        using var free = new Harness(options => options.PushesPerDay = 0);
        for (uint random = 0; random < 120; random++)
        {
            Assert.Equal(0, await Push(free, random));
            free.Clock.Advance(TimeSpan.FromSeconds(2));
        }
    }

    [Fact]
    public async Task The_same_random_within_a_second_is_the_same_push()
    {
        using var harness = new Harness();
        string body = $$"""{"MsgRandom":9,{{Message}}}""";
        string taskId = (await harness.Call(Harness.Push + "im_push", body)).Json.GetProperty("TaskId").GetString()!;
        harness.Clock.Advance(TimeSpan.FromSeconds(1));
        Answer again = await harness.Call(Harness.Push + "im_push", body);
        Assert.Equal((0, taskId), (again.Code, again.Json.GetProperty("TaskId").GetString()));
        Assert.Equal((1L, 1), (harness.Emulator.Pushes.Count, harness.Emulator.Pushes.Sent[0].Repeats));
        Assert.Equal((false, taskId, null), (harness.Emulator.Journal.Entries[1].WorkDone, harness.Emulator.Journal.Entries[1].TaskId, harness.Emulator.Journal.Entries[1].AudienceCount));
        harness.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.NotEqual(taskId, (await harness.Call(Harness.Push + "im_push", body)).Json.GetProperty("TaskId").GetString());
        Assert.Equal(2, harness.Emulator.Pushes.Count);
    }

    [Fact]
    public async Task A_push_whose_answer_was_lost_went_out_and_one_that_was_refused_did_not()
    {
        using var harness = new Harness();
        harness.Emulator.Faults.Add("im_push:code-after:91000:1");
        Assert.Equal(91000, await Push(harness, 1));
        Assert.Equal(1, harness.Emulator.Pushes.Count);
        harness.Emulator.Faults.Clear();
        harness.Emulator.Faults.Add("im_push:91000:1");
        harness.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(91000, await Push(harness, 2));
        Assert.Equal(1, harness.Emulator.Pushes.Count);
    }

    [Fact]
    public async Task A_thousand_pushes_and_accounts_are_kept_and_all_are_counted()
    {
        using var harness = new Harness(options => { options.PushesPerDay = 0; options.Accounts = [.. Enumerable.Range(0, 1500).Select(i => $"u{i}")]; });
        for (uint random = 0; random < 1001; random++)
        {
            await Push(harness, random);
            harness.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(1001, harness.Emulator.Pushes.Count);
        Assert.Equal(1000, harness.Emulator.Pushes.Sent.Count);
        Assert.Equal([1000L, 1001L], harness.Emulator.Pushes.SentAfter(5, 2).Select(push => push.Sequence));
        Assert.Equal((1501, 1000), (harness.Emulator.Pushes.Sent[0].AudienceCount, harness.Emulator.Pushes.Sent[0].Accounts.Count));
        harness.Emulator.Reset();
        Assert.Empty(harness.Emulator.Pushes.Sent);
        Assert.Equal(0, await Push(harness, 1000));
    }

    [Fact]
    public async Task Without_the_feature_there_is_no_push_and_no_tag()
    {
        using var harness = new Harness(options => { options.PushToAllEnabled = false; options.TimPushEnabled = false; });
        foreach (string path in new[] { Harness.Push + "im_push", Harness.Push + "im_get_tag", Harness.Tim + "push", Harness.Tim + "batch", Harness.Tim + "revoke", Harness.Tim + "get_tag" })
        {
            Assert.Equal(90045, (await harness.Call(path, "{}")).Code);
        }
    }

    [Fact]
    public async Task Control_shows_pushes_with_their_audience()
    {
        await using RunningServer server = await RunningServer.Start(options => options.Accounts = ["a", "b", "c"]);
        await server.Call(Harness.Push + "im_push", $$"""{"MsgRandom":1,{{Message}}}""");
        server.Harness.Clock.Advance(TimeSpan.FromSeconds(2));
        string taskId = (await server.Call(Harness.Tim + "push", $$"""{"MsgRandom":2,"Condition":{"TagsNot":["x"]},{{Notification}}}""")).Json.GetProperty("TaskId").GetString()!;
        JsonElement all = await server.Control("pushes");
        Assert.Equal((2, 2), (all.GetProperty("Count").GetInt32(), all.GetProperty("Pushes").GetArrayLength()));
        JsonElement last = Assert.Single((await server.Control("pushes?after=1&accounts=2")).GetProperty("Pushes").EnumerateArray());
        Assert.Equal((taskId, 4, 2, "{\"TagsNot\":[\"x\"]}"), (
            last.GetProperty("TaskId").GetString(), last.GetProperty("AudienceCount").GetInt32(), last.GetProperty("Accounts").GetArrayLength(), last.GetProperty("Condition").GetString()));
        Assert.Equal(1, (await server.Control("pushes?max=1")).GetProperty("Pushes").GetArrayLength());
        await server.Call(Harness.Push + "im_add_tag", """{"UserTags":[{"To_Account":"a","Tags":["vip"]}]}""");
        Assert.Equal("vip", (await server.Control("accounts?prefix=a&max=5")).GetProperty("Accounts").EnumerateArray().Single(a => a.GetProperty("UserID").GetString() == "a").GetProperty("Tags")[0].GetString());
        JsonElement stats = await server.Control("stats");
        Assert.Equal((2, 1), (stats.GetProperty("PushCount").GetInt32(), stats.GetProperty("TagCount").GetInt32()));
    }

    private static async Task<int> Push(Harness harness, uint random) => (await harness.Call(Harness.Push + "im_push", $$"""{"MsgRandom":{{random}},{{Message}}}""")).Code;
}
