using TencentChat.Emulator.Options;
using TencentChat.Emulator.State;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

/// <summary>Each open question about tags and pushes, answered the other way, is seen in an answer.</summary>
public sealed class OpenPushQuestionTests
{
    private const string Message = "\"MsgBody\":[{\"MsgType\":\"TIMTextElem\",\"MsgContent\":{\"Text\":\"x\"}}]";
    private const string Notification = "\"OfflinePushInfo\":{\"PushFlag\":0,\"Title\":\"Hi\"}";
    private const string LongTag = "123456789012345678901234567890123456789012345678901";

    [Theory]
    [InlineData(nameof(OpenQuestions.TagLengthCode), Harness.Push + "im_add_tag", "{\"UserTags\":[{\"To_Account\":\"u\",\"Tags\":[\"" + LongTag + "\"]}]}", 90034, 90020)]
    [InlineData(nameof(OpenQuestions.EmptyTagCode), Harness.Tim + "remove_tag", "{\"UserTags\":[{\"To_Account\":\"u\",\"Tags\":[\"\"]}]}", 90040, 90034)]
    [InlineData(nameof(OpenQuestions.ConditionTagLengthCode), Harness.Push + "im_push", "{\"MsgRandom\":1,\"Condition\":{\"TagsOr\":[\"" + LongTag + "\"]}," + Message + "}", 90020, 90034)]
    [InlineData(nameof(OpenQuestions.MessageElementCode), Harness.Push + "im_push", "{\"MsgRandom\":1,\"MsgBody\":[{}]}", 90010, 90002)]
    [InlineData(nameof(OpenQuestions.DataIdLengthCode), Harness.Tim + "push", "{\"MsgRandom\":1,\"DataId\":\"" + LongTag + LongTag + "\"," + Notification + "}", 90057, 90001)]
    public async Task An_open_code_is_answered_as_assumed(string question, string path, string body, int usual, int other)
    {
        using var harness = new Harness();
        Assert.Equal(usual, (await harness.Call(path, body)).Code);
        using var changed = new Harness(options => typeof(OpenQuestions).GetProperty(question)!.SetValue(options.OpenQuestions, other));
        Assert.Equal(other, (await changed.Call(path, body)).Code);
    }

    [Fact]
    public async Task Too_many_accounts_in_a_batch_may_have_another_code()
    {
        using var harness = new Harness(options => options.OpenQuestions.TooManyInBatchCode = 90018);
        string accounts = string.Join(',', Enumerable.Range(0, 501).Select(i => $"\"u{i}\""));
        Assert.Equal(90018, (await harness.Call(Harness.Tim + "batch", $$"""{"From_Account":"a","To_Account":[{{accounts}}],"MsgRandom":1,{{Notification}}}""")).Code);
    }

    [Fact]
    public async Task A_tag_that_stands_twice_may_count_once()
    {
        using var harness = new Harness(options => options.OpenQuestions.DuplicateTagFailsCall = false);
        Assert.Equal(0, (await Add(harness, "u", "a", "a")).Code);
        Assert.Equal(["a"], harness.Emulator.State.TagsOf("u")!);
    }

    [Fact]
    public async Task A_removal_may_take_a_hundred_tags()
    {
        using var harness = new Harness(options => { options.OpenQuestions.RemovalTakesTenTags = false; options.Accounts = ["u"]; });
        string tags = string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"t{i}\""));
        Assert.Equal(0, (await harness.Call(Harness.Push + "im_remove_tag", $$"""{"UserTags":[{"To_Account":"u","Tags":[{{tags}}]}]}""")).Code);
        Assert.Equal(90032, (await harness.Call(Harness.Push + "im_remove_tag", $$"""{"UserTags":[{"To_Account":"u","Tags":["x",{{tags}}]}]}""")).Code);
    }

    [Fact]
    public async Task The_limit_of_an_account_may_be_told_in_the_list_of_errors()
    {
        using var harness = new Harness(options => { options.OpenQuestions.AccountTagLimitFailsCall = false; options.OpenQuestions.TooManyTagsOfAccountCode = 90999; options.Accounts = ["u", "v"]; });
        harness.Emulator.ImportState($$"""{"Accounts":[{"UserID":"v"},{"UserID":"u","Tags":[{{string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"t{i}\""))}}]}]}""");
        Answer answer = await harness.Call(Harness.Tim + "add_tag", """{"UserTags":[{"To_Account":"u","Tags":["more"]},{"To_Account":"v","Tags":["more"]}]}""");
        Assert.Equal(new() { ["u"] = 90999 }, answer.Codes("ErrorList", "To_Account", "ErrorCode"));
        Assert.Equal(["more"], harness.Emulator.State.TagsOf("v")!);
        Assert.Equal(90999, (await Add(harness, "u", "more")).Code);
    }

    [Fact]
    public async Task The_limit_of_an_app_may_have_another_code_or_not_hold_in_all_member_push()
    {
        using var harness = new Harness(options => options.OpenQuestions.TooManyTagsOfAppCode = 90998);
        harness.Emulator.ImportState(FullApp());
        Assert.Equal(90998, (await Add(harness, "u", "more")).Code);
        using var free = new Harness(options => options.OpenQuestions.AppTagLimitHoldsInAllMemberPush = false);
        free.Emulator.ImportState(FullApp());
        Assert.Equal(0, (await Add(free, "u", "more")).Code);
        Assert.Equal(90032, (await free.Call(Harness.Tim + "add_tag", """{"UserTags":[{"To_Account":"u","Tags":["again"]}]}""")).Code);
    }

    [Theory]
    [InlineData(true, 1, 90035)]
    [InlineData(false, 0, null)]
    public async Task A_tag_that_nobody_holds_stays_or_is_gone(bool stays, int count, int? code)
    {
        const string Device = "379C2F0D-290D-47AE-94D1-919058C39C77";
        using var harness = new Harness(options => options.OpenQuestions.UnusedTagStays = stays);
        await Add(harness, "u", "a");
        await Add(harness, "v", "a");
        await harness.Call(Harness.Push + "im_remove_all_tags", """{"To_Account":["u"]}""");
        Assert.Equal(1, harness.Emulator.State.TagCount);
        await harness.Call(Harness.Push + "im_remove_all_tags", """{"To_Account":["v"]}""");
        Assert.Equal(count, harness.Emulator.State.TagCount);
        using var other = new Harness(options => options.OpenQuestions.UnusedTagStays = stays);
        other.Emulator.ImportState(harness.Emulator.ExportState());
        Answer answer = await other.Call(Harness.Tim + "add_tag", $$"""{"UserTags":[{"To_Account":"{{Device}}","Tags":["a"]}]}""");
        Assert.Equal(code, answer.Has("ErrorList") ? answer.Codes("ErrorList", "To_Account", "ErrorCode")[Device] : null);
    }

    [Fact]
    public async Task Families_that_share_no_tags_keep_them_apart()
    {
        using var harness = new Harness(options => options.OpenQuestions.FamiliesShareTags = false);
        await Add(harness, "u", "push");
        await harness.Call(Harness.Tim + "add_tag", """{"UserTags":[{"To_Account":"u","Tags":["tim"]}]}""");
        string json = harness.Emulator.ExportState();
        harness.Emulator.Reset();
        harness.Emulator.ImportState(json);
        Assert.Equal(json, harness.Emulator.ExportState());
        Assert.Equal("push", TagOf(await harness.Call(Harness.Push + "im_get_tag", """{"To_Account":["u"]}""")));
        Assert.Equal("tim", TagOf(await harness.Call(Harness.Tim + "get_tag", """{"To_Account":["u"]}""")));
        await harness.Call(Harness.Tim + "push", $$"""{"MsgRandom":1,"Condition":{"TagsOr":["push"]},{{Notification}}}""");
        await harness.Call(Harness.Login + "account_delete", """{"DeleteItem":[{"UserID":"u"}]}""");
        Assert.Equal(0, harness.Emulator.Pushes.Sent[0].AudienceCount);

        static string TagOf(Answer answer) => Assert.Single(answer.Json.GetProperty("UserTags")[0].GetProperty("Tags").EnumerateArray()).GetString()!;
    }

    [Theory]
    [InlineData(MissingAccountAnswer.Fail90048, 90048)]
    [InlineData(MissingAccountAnswer.Fail70107, 70107)]
    [InlineData(MissingAccountAnswer.Silent, 0)]
    public async Task A_missing_account_fails_a_tag_call_or_is_passed_over(MissingAccountAnswer answer, int code)
    {
        using var harness = new Harness(options =>
        {
            options.UnknownAccounts = UnknownAccounts.Strict;
            options.Accounts = ["u"];
            options.OpenQuestions.MissingAccountInAllMemberPush = answer;
        });
        const string Both = """{"UserTags":[{"To_Account":"nobody","Tags":["a"]},{"To_Account":"u","Tags":["a"]}]}""";
        Assert.Equal(code, (await harness.Call(Harness.Push + "im_add_tag", Both)).Code);
        Assert.Equal(code == 0 ? 1 : 0, harness.Emulator.State.TagsOf("u")!.Count);
        Assert.Equal(code, (await harness.Call(Harness.Push + "im_get_tag", """{"To_Account":["u","nobody"]}""")).Code);
        Assert.Equal(code, (await harness.Call(Harness.Push + "im_remove_tag", Both)).Code);
        Assert.Equal(code, (await harness.Call(Harness.Push + "im_remove_all_tags", """{"To_Account":["u","nobody"]}""")).Code);
    }

    [Theory]
    [InlineData(RefusedCallEffect.WritesNothing, 0)]
    [InlineData(RefusedCallEffect.WritesItemsBefore, 1)]
    public async Task A_refused_call_has_written_nothing_or_what_stood_before(RefusedCallEffect effect, int count)
    {
        using var harness = new Harness(options => { options.OpenQuestions.AtomicityOfRefusedCall = effect; options.Accounts = ["a", "b"]; });
        harness.Emulator.ImportState($$"""{"Accounts":[{"UserID":"a"},{"UserID":"b","Tags":[{{string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"t{i}\""))}}]}]}""");
        Assert.Equal(90032, (await harness.Call(Harness.Push + "im_add_tag", """{"UserTags":[{"To_Account":"a","Tags":["x"]},{"To_Account":"b","Tags":["x"]}]}""")).Code);
        Assert.Equal(count, harness.Emulator.State.TagsOf("a")!.Count);
    }

    [Fact]
    public async Task An_account_named_twice_has_what_both_items_add()
    {
        using var harness = new Harness(options => options.OpenQuestions.DuplicateAccountInCall = DuplicateAccount.InOrder);
        Assert.Equal(0, (await harness.Call(Harness.Push + "im_add_tag", """{"UserTags":[{"To_Account":"a","Tags":["x"]},{"To_Account":"a","Tags":["y"]}]}""")).Code);
        Assert.Equal(["x", "y"], harness.Emulator.State.TagsOf("a")!.Order());
    }

    [Theory]
    [InlineData(MsgRandomWindow.OneSecond, 2)]
    [InlineData(MsgRandomWindow.SevenDays, 1)]
    public async Task The_same_random_is_the_same_push_for_a_second_or_seven_days(MsgRandomWindow window, int pushes)
    {
        using var harness = new Harness(options => options.OpenQuestions.MsgRandomWindow = window);
        await Push(harness, 1);
        harness.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(0, (await Push(harness, 1)).Code);
        Assert.Equal(pushes, harness.Emulator.Pushes.Count);
        harness.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, (await Push(harness, 1)).Code);
        Assert.Equal(pushes == 1 ? 2 : 3, harness.Emulator.Pushes.Count);
    }

    [Fact]
    public async Task A_repeated_push_may_be_answered_a_task_of_its_own()
    {
        using var harness = new Harness(options => options.OpenQuestions.RepeatedPushAnswer = RepeatedPushAnswer.NewTask);
        string first = (await Push(harness, 1)).Json.GetProperty("TaskId").GetString()!;
        Assert.NotEqual(first, (await Push(harness, 1)).Json.GetProperty("TaskId").GetString());
        Assert.Equal(1, harness.Emulator.Pushes.Count);
    }

    [Fact]
    public async Task Batches_of_the_same_random_may_be_one()
    {
        using var harness = new Harness(options => { options.OpenQuestions.BatchRepeatsAreOnePush = true; options.Accounts = ["u"]; });
        string body = $$"""{"From_Account":"a","To_Account":["u"],"MsgRandom":1,{{Notification}}}""";
        Answer first = await harness.Call(Harness.Tim + "batch", body);
        Assert.Equal(first.Json.GetProperty("TaskId").GetString(), (await harness.Call(Harness.Tim + "batch", body)).Json.GetProperty("TaskId").GetString());
        Assert.Equal(1, harness.Emulator.Pushes.Count);
    }

    // 1700000000 is 22:13:20 UTC: 1 h 46 min 40 s before midnight there, and 17 h 46 min 40 s before midnight in Beijing.
    [Theory]
    [InlineData(PushDay.Rolling, 24 * 60)]
    [InlineData(PushDay.UtcDay, 106)]
    [InlineData(PushDay.BeijingDay, (17 * 60) + 46)]
    public async Task The_day_of_the_quota_begins_when_it_is_said_to(PushDay day, int minutes)
    {
        using var harness = new Harness(options => { options.PushesPerDay = 1; options.OpenQuestions.PushDay = day; });
        Assert.Equal(0, (await Push(harness, 1)).Code);
        harness.Clock.Advance(TimeSpan.FromMinutes(minutes));
        Assert.Equal(90047, (await Push(harness, 2)).Code);
        harness.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, (await Push(harness, 2)).Code);
    }

    [Fact]
    public async Task Families_may_have_a_quota_and_a_second_each()
    {
        using var harness = new Harness(options => { options.PushesPerDay = 1; options.OpenQuestions.FamiliesSharePushQuota = false; });
        Assert.Equal(0, (await Push(harness, 1)).Code);
        Assert.Equal(0, (await harness.Call(Harness.Tim + "push", $$"""{"MsgRandom":1,{{Notification}}}""")).Code);
        harness.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(90047, (await Push(harness, 2)).Code);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"TagsOr\":[]}")]
    [InlineData("{\"AttrsAnd\":{}}")]
    public async Task A_condition_that_asks_for_nothing_may_mean_everybody(string condition)
    {
        using var harness = new Harness(options => { options.OpenQuestions.EmptyConditionMeansEverybody = true; options.Accounts = ["u"]; });
        Assert.Equal(0, (await harness.Call(Harness.Push + "im_push", $$"""{"MsgRandom":1,"Condition":{{condition}},{{Message}}}""")).Code);
        Assert.Equal((2, condition), (harness.Emulator.Pushes.Sent[0].AudienceCount, harness.Emulator.Pushes.Sent[0].Condition));
    }

    [Theory]
    [InlineData(TimPushContent.Either, 0, 0, 0)]
    [InlineData(TimPushContent.Notification, 90001, 0, 90001)]
    [InlineData(TimPushContent.Message, 0, 90002, 0)]
    public async Task What_a_push_of_the_push_service_must_hold_is_as_assumed(TimPushContent content, int message, int notification, int both)
    {
        using var harness = new Harness(options => options.OpenQuestions.TimPushContent = content);
        Assert.Equal(message, await Code(Message, 1));
        Assert.Equal(notification, await Code(Notification, 2));
        Assert.Equal(both, await Code(Message + "," + Notification, 3));

        async Task<int> Code(string members, uint random)
        {
            harness.Clock.Advance(TimeSpan.FromSeconds(2));
            return (await harness.Call(Harness.Tim + "push", $$"""{"MsgRandom":{{random}},{{members}}}""")).Code;
        }
    }

    [Theory]
    [InlineData(UnrevocableTask.OnlineOnly, 0, 90053)]
    [InlineData(UnrevocableTask.Kept, 90053, 0)]
    public async Task A_revocation_may_come_without_a_notification_for_some_pushes(UnrevocableTask unrevocable, int kept, int onlineOnly)
    {
        using var harness = new Harness(options => { options.OpenQuestions.RevokeNeedsOfflinePushInfo = false; options.OpenQuestions.UnrevocableTask = unrevocable; });
        Assert.Equal(kept, await RevokeNew(0));
        Assert.Equal(onlineOnly, await RevokeNew(1));

        async Task<int> RevokeNew(int flag)
        {
            harness.Clock.Advance(TimeSpan.FromSeconds(2));
            Answer push = await harness.Call(Harness.Tim + "push", $$"""{"MsgRandom":1,"OnlineOnlyFlag":{{flag}},{{Message}}}""");
            return (await harness.Call(Harness.Tim + "revoke", $$"""{"TaskId":"{{push.Json.GetProperty("TaskId").GetString()}}"}""")).Code;
        }
    }

    [Fact]
    public async Task A_batch_may_be_revoked()
    {
        using var harness = new Harness(options => { options.OpenQuestions.BatchCanBeRevoked = true; options.Accounts = ["u"]; });
        Answer push = await harness.Call(Harness.Tim + "batch", $$"""{"From_Account":"a","To_Account":["u"],"MsgRandom":1,{{Notification}}}""");
        Assert.Equal(0, (await harness.Call(Harness.Tim + "revoke", $$"""{"TaskId":"{{push.Json.GetProperty("TaskId").GetString()}}",{{Notification}}}""")).Code);
        Push sent = Assert.Single(harness.Emulator.Pushes.Sent);
        Assert.NotNull(sent.RevokedAt);
    }

    private static string FullApp() => "{\"Tags\":{" + string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"t{i}\":0")) + "}}";

    private static Task<Answer> Add(Harness harness, string account, params string[] tags) =>
        harness.Call(Harness.Push + "im_add_tag", $$"""{"UserTags":[{"To_Account":"{{account}}","Tags":[{{string.Join(',', tags.Select(tag => $"\"{tag}\""))}}]}]}""");

    private static Task<Answer> Push(Harness harness, uint random) => harness.Call(Harness.Push + "im_push", $$"""{"MsgRandom":{{random}},{{Message}}}""");
}
