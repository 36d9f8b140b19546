using System.Reflection;
using System.Text.Json;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

/// <summary>Each open question, answered the other way, is seen in an answer.</summary>
public sealed class OpenQuestionTests
{
    private const string TooMany = "{0} accounts";

    public static TheoryData<string, string, string, int, int> Codes => new()
    {
        { nameof(OpenQuestions.UnknownCommandCode), Harness.Push + "im_nothing", "{}", 60009, 60008 },
        { nameof(OpenQuestions.BodyNotJsonCode), Harness.Push + "im_get_attr", "x", 90001, 60003 },
        { nameof(OpenQuestions.BodyNotJsonCode), Harness.Login + "account_check", "x", 70402, 60003 },
        { nameof(OpenQuestions.TooManyAccountsInLoginService), Harness.Login + "multiaccount_import", TooMany, 70402, 70206 },
        { nameof(OpenQuestions.AccountNotStringCode), Harness.Push + "im_get_attr", """{"To_Account":[1]}""", 60015, 90003 },
        { nameof(OpenQuestions.EmptyAccountCode), Harness.Push + "im_get_attr", """{"To_Account":[""]}""", 90003, 90008 },
        { nameof(OpenQuestions.BadUserIdCode), Harness.Login + "account_import", """{"UserID":""}""", 70402, 40001 },
        { nameof(OpenQuestions.ValueLengthCode), Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"u","Attrs":{"city":""}}]}""", 90030, 90033 },
        { nameof(OpenQuestions.ValueNotStringCode), Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"u","Attrs":{"city":1}}]}""", 90001, 90033 },
        { nameof(OpenQuestions.NameLengthCode), Harness.Push + "im_set_attr_name", """{"AttrNames":{"5":""}}""", 90033, 90030 },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task An_open_code_is_answered_as_assumed(string question, string path, string body, int usual, int other)
    {
        body = body == TooMany ? $$"""{"Accounts":[{{string.Join(',', Enumerable.Repeat("\"u\"", 101))}}]}""" : body;
        using var harness = new Harness();
        Assert.Equal(usual, (await harness.Call(path, body)).Code);
        using var changed = new Harness(options => typeof(OpenQuestions).GetProperty(question)!.SetValue(options.OpenQuestions, other));
        Assert.Equal(other, (await changed.Call(path, body)).Code);
    }

    [Theory]
    [InlineData(nameof(OpenQuestions.BadQueryParameterCode), "contenttype", "xml", 60025, 60004)]
    [InlineData(nameof(OpenQuestions.UnknownAppCode), "sdkappid", "5", 70020, 60006)]
    [InlineData(nameof(OpenQuestions.EmptyUserSigCode), "usersig", "", 70003, 70002)]
    public async Task An_open_code_of_the_gate_is_answered_as_assumed(string question, string parameter, string value, int usual, int other)
    {
        using var harness = new Harness();
        Assert.Equal(usual, await Code(harness));
        using var changed = new Harness(options => typeof(OpenQuestions).GetProperty(question)!.SetValue(options.OpenQuestions, other));
        Assert.Equal(other, await Code(changed));

        async Task<int> Code(Harness h) => (await h.Send(HttpMethod.Post, Harness.Push + "im_get_attr_name", h.Query((parameter, value)), "{}")).Code;
    }

    [Fact]
    public async Task A_plain_user_may_be_told_by_the_service_instead_of_the_gateway()
    {
        using var harness = new Harness(options => options.OpenQuestions.NotAdminCode = 90009);
        string query = harness.Query(("identifier", "u"), ("usersig", TestSig.Make("u")));
        Assert.Equal(90009, (await harness.Send(HttpMethod.Post, Harness.Push + "im_get_attr_name", query, "{}")).Code);
    }

    [Fact]
    public async Task A_kicked_signature_may_have_a_code_of_its_own()
    {
        using var harness = new Harness(options => options.OpenQuestions.KickedUserSigCode = 70052);
        string query = harness.Query();
        harness.Clock.Advance(TimeSpan.FromSeconds(1));
        await harness.Call(Harness.Login + "kick", """{"UserID":"administrator"}""");
        Assert.Equal(70052, (await harness.Send(HttpMethod.Post, Harness.Push + "im_get_attr_name", query, "{}")).Code);
    }

    [Fact]
    public async Task Throttling_may_have_another_code()
    {
        using var harness = new Harness(options => { options.RateLimit = 1; options.OpenQuestions.RateLimitCode = 60011; });
        await harness.Call(Harness.Push + "im_get_attr_name", "{}");
        Assert.Equal(60011, (await harness.Call(Harness.Push + "im_get_attr_name", "{}")).Code);
    }

    [Fact]
    public async Task Random_may_be_left_out_when_so_assumed()
    {
        using var harness = new Harness(options => options.OpenQuestions.RandomRequired = false);
        Assert.Equal(0, (await harness.Send(HttpMethod.Post, Harness.Push + "im_get_attr_name", harness.Query(("random", null)), "{}")).Code);
        Assert.Equal(60025, (await harness.Send(HttpMethod.Post, Harness.Push + "im_get_attr_name", harness.Query(("random", "x")), "{}")).Code);
    }

    [Fact]
    public async Task Unknown_members_may_be_ignored()
    {
        using var harness = new Harness(options => options.OpenQuestions.RefuseUnknownMembers = false);
        Assert.Equal(0, (await harness.Call(Harness.Push + "im_get_attr", """{"Extra":[1],"To_Account":["administrator"]}""")).Code);
    }

    [Fact]
    public async Task User_ids_may_be_held_to_plain_letters()
    {
        using var free = new Harness();
        Assert.Equal(0, (await free.Call(Harness.Login + "account_import", """{"UserID":"王 五"}""")).Code);
        using var plain = new Harness(options => options.OpenQuestions.RestrictUserIdCharacters = true);
        Assert.Equal(70402, (await plain.Call(Harness.Login + "account_import", """{"UserID":"王 五"}""")).Code);
        Assert.Equal(0, (await plain.Call(Harness.Login + "account_import", """{"UserID":"a-B_9"}""")).Code);
    }

    [Theory]
    [InlineData(DuplicateAccount.Refuse, 90001, 70402)]
    [InlineData(DuplicateAccount.InOrder, 0, 0)]
    public async Task A_duplicate_account_is_refused_or_done_in_order(DuplicateAccount answer, int attributeCode, int deleteCode)
    {
        using var harness = new Harness(options => options.OpenQuestions.DuplicateAccountInCall = answer);
        Answer set = await harness.Call(Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"u","Attrs":{"city":"a"}},{"To_Account":"u","Attrs":{"city":"b"}}]}""");
        Assert.Equal(attributeCode, set.Code);
        Assert.Equal(attributeCode == 0 ? "b" : null, harness.Emulator.State.AttributesOf("u")?["city"]);
        Answer deleted = await harness.Call(Harness.Login + "account_delete", """{"DeleteItem":[{"UserID":"u"},{"UserID":"u"}]}""");
        Assert.Equal(deleteCode, deleted.Code);
        if (deleteCode == 0)
        {
            Assert.Equal([0, 70107], deleted.Json.GetProperty("ResultItem").EnumerateArray().Select(item => item.GetProperty("ResultCode").GetInt32()).Order());
        }
    }

    [Theory]
    [InlineData(EmptyListForm.Absent, JsonValueKind.Undefined)]
    [InlineData(EmptyListForm.Null, JsonValueKind.Null)]
    [InlineData(EmptyListForm.EmptyArray, JsonValueKind.Array)]
    public async Task An_empty_list_of_failures_has_the_form_assumed(EmptyListForm form, JsonValueKind kind)
    {
        using var harness = new Harness(options => options.OpenQuestions.EmptyListForm = form);
        Answer[] answers =
        [
            await harness.Call(Harness.Login + "multiaccount_import", """{"Accounts":["u"]}"""),
            await harness.Call(Harness.Tim + "get_attr", """{"To_Account":["u"]}"""),
            await harness.Call(Harness.Status + "query_online_status", """{"To_Account":["u"]}"""),
        ];
        string[] members = ["FailAccounts", "ErrorList", "ErrorList"];
        Assert.All(answers.Zip(members), pair => Assert.Equal(kind, pair.First.Json.TryGetProperty(pair.Second, out JsonElement list) ? list.ValueKind : JsonValueKind.Undefined));
    }

    [Theory]
    [InlineData(MissingAccountAnswer.Fail90048, 90048)]
    [InlineData(MissingAccountAnswer.Fail70107, 70107)]
    [InlineData(MissingAccountAnswer.Silent, 0)]
    public async Task A_missing_account_fails_a_push_call_or_is_passed_over(MissingAccountAnswer answer, int code)
    {
        using var harness = new Harness(options =>
        {
            options.UnknownAccounts = UnknownAccounts.Strict;
            options.Accounts = ["u"];
            options.OpenQuestions.MissingAccountInAllMemberPush = answer;
        });
        Assert.Equal(code, (await harness.Call(Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"nobody","Attrs":{"city":"a"}},{"To_Account":"u","Attrs":{"city":"a"}}]}""")).Code);
        Assert.Equal(code == 0 ? "a" : null, harness.Emulator.State.AttributesOf("u")!.GetValueOrDefault("city"));
        Answer read = await harness.Call(Harness.Push + "im_get_attr", """{"To_Account":["nobody","u"]}""");
        Assert.Equal(code, read.Code);
        Assert.Equal(code, (await harness.Call(Harness.Push + "im_remove_attr", """{"UserAttrs":[{"To_Account":"nobody","Attrs":["city"]},{"To_Account":"u","Attrs":["city"]}]}""")).Code);
        if (code == 0)
        {
            Assert.Empty(read.Attributes["nobody"]);
            Assert.False(harness.Emulator.State.HasAccount("nobody"));
        }
    }

    [Theory]
    [InlineData(RefusedCallEffect.WritesNothing, false)]
    [InlineData(RefusedCallEffect.WritesItemsBefore, true)]
    public async Task A_refused_call_has_written_nothing_or_what_stood_before_the_bad_item(RefusedCallEffect effect, bool isWritten)
    {
        using var harness = new Harness(options => { options.OpenQuestions.AtomicityOfRefusedCall = effect; options.Accounts = ["a", "c"]; });
        Answer set = await harness.Call(Harness.Push + "im_set_attr",
            """{"UserAttrs":[{"To_Account":"a","Attrs":{"city":"1"}},{"To_Account":"b","Attrs":{"nope":"2"}},{"To_Account":"c","Attrs":{"city":"3"}}]}""");
        Assert.Equal(90033, set.Code);
        Assert.Equal((isWritten, false), (harness.Emulator.State.AttributesOf("a")!.Count == 1, harness.Emulator.State.AttributesOf("c")!.Count == 1));
        Assert.Equal(isWritten, harness.Emulator.Journal.Entries[^1].WorkDone);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 90033)]
    public async Task Removing_what_is_not_there_succeeds_or_fails(bool fails, int code)
    {
        using var harness = new Harness(options => { options.OpenQuestions.RemovingAbsentAttributeFails = fails; options.Accounts = ["u"]; });
        Assert.Equal(code, (await harness.Call(Harness.Push + "im_remove_attr", """{"UserAttrs":[{"To_Account":"u","Attrs":["city"]}]}""")).Code);
    }

    [Fact]
    public async Task Setting_names_may_replace_the_table_and_the_values_in_it()
    {
        using var harness = new Harness(options => options.OpenQuestions.NamesUpdate = NamesUpdate.Replace);
        await harness.Call(Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"u","Attrs":{"sex":"f","city":"a"}}]}""");
        Assert.Equal(0, (await harness.Call(Harness.Push + "im_set_attr_name", """{"AttrNames":{"1":"city","0":"level"}}""")).Code);
        Assert.Equal(new Dictionary<int, string> { [0] = "level", [1] = "city" }, harness.Emulator.State.AttributeNames);
        Assert.Equal(new Dictionary<string, string> { ["level"] = "f", ["city"] = "a" }, harness.Emulator.State.AttributesOf("u"));
        await harness.Call(Harness.Push + "im_set_attr_name", """{"AttrNames":{"1":"city"}}""");
        await harness.Call(Harness.Push + "im_set_attr_name", """{"AttrNames":{"1":"city","0":"sex"}}""");
        Assert.Equal(new Dictionary<string, string> { ["city"] = "a" }, harness.Emulator.State.AttributesOf("u"));
    }

    [Fact]
    public async Task Renaming_a_slot_may_cost_its_values()
    {
        using var harness = new Harness(options => options.OpenQuestions.RenamedSlotKeepsValues = false);
        await harness.Call(Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"u","Attrs":{"sex":"f","city":"a"}}]}""");
        await harness.Call(Harness.Push + "im_set_attr_name", """{"AttrNames":{"1":"town","0":"sex"}}""");
        Assert.Equal(new Dictionary<string, string> { ["sex"] = "f" }, harness.Emulator.State.AttributesOf("u"));
    }

    [Fact]
    public async Task Deletion_off_may_be_told_item_by_item()
    {
        using var harness = new Harness(options => { options.AccountDeletionEnabled = false; options.OpenQuestions.DeletionOffPerItem = true; options.Accounts = ["u"]; });
        Answer answer = await harness.Call(Harness.Login + "account_delete", """{"DeleteItem":[{"UserID":"u"}]}""");
        Assert.Equal(0, answer.Code);
        Assert.Equal(71000, answer.Codes("ResultItem", "UserID", "ResultCode")["u"]);
        Assert.True(harness.Emulator.State.HasAccount("u"));
    }

    [Fact]
    public async Task Deleting_an_admin_may_have_another_code()
    {
        using var harness = new Harness(options => options.OpenQuestions.DeleteAdminCode = 70107);
        Answer answer = await harness.Call(Harness.Login + "account_delete", """{"DeleteItem":[{"UserID":"administrator"}]}""");
        Assert.Equal(70107, answer.Codes("ResultItem", "UserID", "ResultCode")["administrator"]);
    }

    [Fact]
    public async Task A_deleted_account_may_come_back_with_its_attributes()
    {
        using var harness = new Harness(options => options.OpenQuestions.DeletedAccountKeepsAttributes = true);
        await harness.Call(Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"u","Attrs":{"city":"a"}}]}""");
        await harness.Call(Harness.Login + "account_delete", """{"DeleteItem":[{"UserID":"u"}]}""");
        Assert.Null(harness.Emulator.State.AttributesOf("u"));
        await harness.Call(Harness.Login + "account_import", """{"UserID":"u"}""");
        Assert.Equal("a", harness.Emulator.State.AttributesOf("u")!["city"]);
    }

    [Fact]
    public async Task An_early_reimport_may_fail_its_whole_batch()
    {
        using var harness = new Harness(options =>
        {
            options.Plan = EmulatorPlan.Paid;
            options.AccountDeletionEnabled = true;
            options.Accounts = ["u"];
            options.OpenQuestions.EarlyReimportFailsCall = true;
        });
        await harness.Call(Harness.Login + "account_delete", """{"DeleteItem":[{"UserID":"u"}]}""");
        Assert.Equal(70399, (await harness.Call(Harness.Login + "multiaccount_import", """{"Accounts":["v","u"]}""")).Code);
        Assert.False(harness.Emulator.State.HasAccount("v"));
    }

    [Fact]
    public async Task The_trial_limit_may_be_told_by_account()
    {
        using var harness = new Harness(options => { options.TrialAccountLimit = 1; options.OpenQuestions.TrialLimitFailsCall = false; });
        Answer answer = await harness.Call(Harness.Login + "multiaccount_import", """{"Accounts":["u","v"]}""");
        Assert.Equal(0, answer.Code);
        Assert.Equal(["v"], answer.Json.GetProperty("FailAccounts").EnumerateArray().Select(item => item.GetString()!));
    }

    [Fact]
    public async Task The_online_state_may_be_called_status()
    {
        using var harness = new Harness(options => options.OpenQuestions.OnlineStateMember = OnlineStateMember.Status);
        Answer answer = await harness.Call(Harness.Status + "query_online_status", """{"To_Account":["administrator"]}""");
        Assert.Equal("Offline", answer.Json.GetProperty("QueryResult")[0].GetProperty("Status").GetString());
    }

    [Fact]
    public void Every_question_says_what_is_unknown_and_why_its_default()
    {
        PropertyInfo[] properties = typeof(OpenQuestions).GetProperties();
        Assert.True(properties.Length > 30);
        Assert.All(properties, property =>
        {
            OpenQuestionAttribute? about = property.GetCustomAttribute<OpenQuestionAttribute>();
            Assert.True(about is { Question.Length: > 10, Reason.Length: > 10 }, property.Name);
        });
    }
}
