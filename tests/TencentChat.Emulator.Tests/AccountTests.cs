using TencentChat.Emulator.Options;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

public sealed class AccountTests
{
    [Fact]
    public async Task Deleting_answers_for_each_account_and_repeating_finds_it_gone()
    {
        using var harness = new Harness(options => options.Accounts = ["u1", "u2"]);
        Answer first = await Delete(harness, "u1", "nobody");
        Assert.Equal((0, "OK"), (first.Code, first.Json.GetProperty("ActionStatus").GetString()));
        Assert.Equal(new() { ["u1"] = 0, ["nobody"] = 70107 }, first.Codes("ResultItem", "UserID", "ResultCode"));
        var texts = first.Json.GetProperty("ResultItem").EnumerateArray().ToDictionary(item => item.GetProperty("UserID").GetString()!, item => item.GetProperty("ResultInfo").GetString());
        Assert.Equal(new() { ["u1"] = "", ["nobody"] = "Err_TLS_PT_Open_Login_Account_Not_Exist" }, texts);
        Assert.Equal(new() { ["u1"] = 70107, ["u2"] = 0 }, (await Delete(harness, "u1", "u2")).Codes("ResultItem", "UserID", "ResultCode"));
        Assert.Equal(1, harness.Emulator.State.AccountCount);
    }

    [Fact]
    public async Task A_deleted_account_stays_gone_until_it_is_imported_again_and_comes_back_empty()
    {
        using var harness = new Harness();
        const string Set = """{"UserAttrs":[{"To_Account":"u","Attrs":{"city":"a"}}]}""";
        await harness.Call(Harness.Push + "im_set_attr", Set);
        await Delete(harness, "u");
        Assert.Equal(90048, (await harness.Call(Harness.Push + "im_set_attr", Set)).Code);
        Assert.Null(harness.Emulator.State.AttributesOf("u"));
        Assert.Equal(0, (await harness.Call(Harness.Login + "account_import", """{"UserID":"u"}""")).Code);
        Assert.Empty(harness.Emulator.State.AttributesOf("u")!);
    }

    [Fact]
    public async Task An_admin_is_not_deleted()
    {
        using var harness = new Harness();
        Assert.Equal(new() { ["administrator"] = 70402 }, (await Delete(harness, "administrator")).Codes("ResultItem", "UserID", "ResultCode"));
        Assert.True(harness.Emulator.State.HasAccount("administrator"));
    }

    [Theory]
    [InlineData("account_delete", "DeleteItem")]
    [InlineData("account_check", "CheckItem")]
    public async Task Delete_and_check_take_100_accounts_in_the_documented_shape_only(string command, string list)
    {
        using var harness = new Harness();
        string Body(int count) => $$"""{"{{list}}":[{{string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"UserID":"u{{i}}"}"""))}}]}""";
        Assert.Equal(0, (await harness.Call(Harness.Login + command, Body(100))).Code);
        Assert.Equal(70402, (await harness.Call(Harness.Login + command, Body(101))).Code);
        string[] wrong =
        [
            "", "[]", "{}", $$"""{"{{list}}":[]}""", $$"""{"{{list}}":["u"]}""", $$"""{"{{list}}":[{"Identifier":"u"}]}""", $$"""{"{{list}}":[{"UserID":""}]}""",
            $$"""{"{{list}}":[{}]}""", $$"""{"{{list}}":[{"UserID":"u"},{"UserID":"u"}]}""", $$"""{"{{list}}":{"UserID":"u"} }""", """{"UserID":"u"}""",
        ];
        foreach (string body in wrong)
        {
            Assert.True((await harness.Call(Harness.Login + command, body)).Code == 70402, body);
        }

        Assert.Equal(60015, (await harness.Call(Harness.Login + command, $$"""{"{{list}}":[{"UserID":7}]}""")).Code);
    }

    [Fact]
    public async Task Checking_tells_which_accounts_exist_and_an_unknown_one_is_no_error()
    {
        using var harness = new Harness(options => options.Accounts = ["u"]);
        Answer check = await harness.Call(Harness.Login + "account_check", """{"CheckItem":[{"UserID":"u"},{"UserID":"U"}]}""");
        Assert.Equal(new() { ["u"] = 0, ["U"] = 0 }, check.Codes("ResultItem", "UserID", "ResultCode"));
        Assert.Equal(
            new() { ["u"] = "Imported", ["U"] = "NotImported" },
            check.Json.GetProperty("ResultItem").EnumerateArray().ToDictionary(i => i.GetProperty("UserID").GetString()!, i => i.GetProperty("AccountStatus").GetString()));
    }

    [Theory]
    [InlineData("""{"UserID":"u"}""", 0)]
    [InlineData("""{"Identifier":"u"}""", 0)]
    [InlineData("""{"UserID":"u","Nick":"n","FaceUrl":"http://x"}""", 0)]
    [InlineData("""{"UserID":"12345678901234567890123456789012"}""", 0)]
    [InlineData("""{"UserID":"123456789012345678901234567890123"}""", 70402)]
    [InlineData("""{"UserID":"u","Identifier":"u"}""", 70402)]
    [InlineData("""{"UserID":""}""", 70402)]
    [InlineData("""{}""", 70402)]
    [InlineData("""{"UserID":5}""", 60015)]
    [InlineData("""{"UserID":"u","Nick":5}""", 70402)]
    [InlineData("""{"UserID":"u","Type":0}""", 70402)]
    public async Task Importing_one_account_takes_both_spellings_of_its_id(string body, int code)
    {
        using var harness = new Harness();
        Assert.Equal(code, (await harness.Call(Harness.Login + "account_import", body)).Code);
        Assert.Equal(code == 0 ? 2 : 1, harness.Emulator.State.AccountCount);
    }

    [Fact]
    public async Task A_profile_value_has_at_most_500_bytes()
    {
        using var harness = new Harness();
        Assert.Equal(0, (await harness.Call(Harness.Login + "account_import", $$"""{"UserID":"u","Nick":"{{new string('n', 500)}}"}""")).Code);
        Assert.Equal(40601, (await harness.Call(Harness.Login + "account_import", $$"""{"UserID":"v","Nick":"{{new string('n', 501)}}"}""")).Code);
    }

    [Theory]
    [InlineData("""{"Accounts":["u","v"]}""", 0, 3)]
    [InlineData("""{"AccountList":[{"UserID":"u","Nick":"n"},{"UserID":"v"}]}""", 0, 3)]
    [InlineData("""{"AccountList":[{"UserID":"u"},{"UserID":"u"}]}""", 0, 2)]
    [InlineData("""{"Accounts":["u"],"AccountList":[{"UserID":"v"}]}""", 70402, 1)]
    [InlineData("""{"Accounts":[]}""", 70402, 1)]
    [InlineData("""{"Accounts":[{"UserID":"u"}]}""", 60015, 1)]
    [InlineData("""{"AccountList":["u"]}""", 70402, 1)]
    [InlineData("""{}""", 70402, 1)]
    public async Task A_batch_is_imported_in_its_old_form_and_its_new(string body, int code, int accounts)
    {
        using var harness = new Harness();
        Answer answer = await harness.Call(Harness.Login + "multiaccount_import", body);
        Assert.Equal(code, answer.Code);
        Assert.False(answer.Has("FailAccounts"));
        Assert.Equal(accounts, harness.Emulator.State.AccountCount);
    }

    [Fact]
    public async Task Accounts_of_a_batch_that_cannot_be_imported_are_listed()
    {
        using var harness = new Harness();
        Answer answer = await harness.Call(Harness.Login + "multiaccount_import", $$"""{"Accounts":["u","{{new string('x', 33)}}"]}""");
        Assert.Equal(0, answer.Code);
        Assert.Equal([new string('x', 33)], answer.Json.GetProperty("FailAccounts").EnumerateArray().Select(item => item.GetString()!));
        Assert.True(harness.Emulator.State.HasAccount("u"));
        Assert.Equal(70402, (await harness.Call(Harness.Login + "multiaccount_import",
            $$"""{"Accounts":[{{string.Join(',', Enumerable.Range(0, 101).Select(i => $"\"u{i}\""))}}]}""")).Code);
    }

    [Fact]
    public async Task A_new_import_brings_an_existing_profile_up_to_date()
    {
        using var harness = new Harness();
        await harness.Call(Harness.Login + "account_import", """{"UserID":"u","Nick":"old","FaceUrl":"http://face"}""");
        await harness.Call(Harness.Login + "multiaccount_import", """{"AccountList":[{"UserID":"u","Nick":"new"}]}""");
        Assert.Contains(""""Nick":"new","FaceUrl":"http://face"""", harness.Emulator.ExportState());
    }

    [Fact]
    public async Task A_kick_of_an_account_that_does_not_exist_fails()
    {
        using var harness = new Harness();
        Assert.Equal(70107, (await harness.Call(Harness.Login + "kick", """{"UserID":"nobody"}""")).Code);
        Assert.Equal(70402, (await harness.Call(Harness.Login + "kick", """{"UserID":["nobody"],"x":1}""")).Code);
    }

    [Fact]
    public async Task Online_states_are_told_and_a_kick_ends_them()
    {
        using var harness = new Harness();
        harness.Emulator.ImportState("""{"Accounts":[{"UserID":"on","Online":"Online"},{"UserID":"push","Online":"PushOnline"},{"UserID":"off"}]}""");
        Answer status = await Status(harness, """{"To_Account":["on","push","off","nobody"],"IsNeedDetail":1}""");
        Assert.Equal(new() { ["on"] = "Online", ["push"] = "PushOnline", ["off"] = "Offline" }, States(status));
        Assert.Equal(new() { ["nobody"] = 70107 }, status.Codes("ErrorList", "To_Account", "ErrorCode"));
        Assert.Equal(2, status.Json.GetProperty("QueryResult").EnumerateArray().Count(item => item.TryGetProperty("Detail", out _)));
        await harness.Call(Harness.Login + "kick", """{"UserID":"on"}""");
        Assert.Equal("Offline", States(await Status(harness, """{"To_Account":["on"]}"""))["on"]);
    }

    [Theory]
    [InlineData("""{"To_Account":["nobody"]}""", 70107)]
    [InlineData("""{"To_Account":[]}""", 90001)]
    [InlineData("""{"To_Account":[1]}""", 90003)]
    [InlineData("""{"To_Account":["administrator"],"IsNeedDetail":2}""", 90001)]
    [InlineData("""{"To_Account":["administrator"],"IsNeedDetail":"1"}""", 90001)]
    [InlineData("""{"To_Account":["administrator"],"IsNeedDetail":0}""", 0)]
    public async Task Online_status_has_codes_of_its_own(string body, int code)
    {
        using var harness = new Harness();
        Assert.Equal(code, (await Status(harness, body)).Code);
    }

    [Fact]
    public async Task Online_status_takes_500_accounts()
    {
        using var harness = new Harness();
        string Body(int count) => $$"""{"To_Account":["administrator",{{string.Join(',', Enumerable.Range(1, count - 1).Select(i => $"\"u{i}\""))}}]}""";
        Assert.Equal(0, (await Status(harness, Body(500))).Code);
        Assert.Equal(90011, (await Status(harness, Body(501))).Code);
    }

    [Fact]
    public async Task Deletion_is_off_on_a_paid_app_until_it_is_enabled()
    {
        using var paid = new Harness(options => { options.Plan = EmulatorPlan.Paid; options.Accounts = ["u"]; });
        Assert.Equal(71000, (await Delete(paid, "u")).Code);
        Assert.True(paid.Emulator.State.HasAccount("u"));
        using var enabled = new Harness(options => { options.Plan = EmulatorPlan.Paid; options.AccountDeletionEnabled = true; options.Accounts = ["u"]; });
        Assert.Equal(0, (await Delete(enabled, "u")).Code);
        using var trialOff = new Harness(options => { options.AccountDeletionEnabled = false; options.Accounts = ["u"]; });
        Assert.Equal(71000, (await Delete(trialOff, "u")).Code);
    }

    [Fact]
    public async Task On_a_paid_app_a_deleted_account_is_not_imported_again_for_three_months()
    {
        using var harness = new Harness(options => { options.Plan = EmulatorPlan.Paid; options.AccountDeletionEnabled = true; options.Accounts = ["u"]; });
        await Delete(harness, "u");
        Assert.Equal(70399, (await harness.Call(Harness.Login + "account_import", """{"UserID":"u"}""")).Code);
        Answer batch = await harness.Call(Harness.Login + "multiaccount_import", """{"Accounts":["u","v"]}""");
        Assert.Equal(["u"], batch.Json.GetProperty("FailAccounts").EnumerateArray().Select(item => item.GetString()!));
        DateTimeOffset deletedAt = harness.Clock.GetUtcNow();
        harness.Emulator.AdvanceClock(deletedAt.AddMonths(3) - deletedAt - TimeSpan.FromSeconds(1));
        Assert.Equal(70399, await Import());
        harness.Emulator.AdvanceClock(TimeSpan.FromSeconds(1));
        Assert.Equal(0, await Import());

        async Task<int> Import() => (await harness.Send(HttpMethod.Post, Harness.Login + "account_import",
            harness.Query(("usersig", TestSig.Make(expire: 100 * 86400))), """{"UserID":"u"}""")).Code;
    }

    [Fact]
    public async Task A_trial_app_imports_100_accounts_and_no_more()
    {
        using var harness = new Harness();
        string Batch(int from, int count) => $$"""{"Accounts":[{{string.Join(',', Enumerable.Range(from, count).Select(i => $"\"u{i}\""))}}]}""";
        Assert.Equal(0, (await harness.Call(Harness.Login + "multiaccount_import", Batch(0, 99))).Code);
        Assert.Equal(70398, (await harness.Call(Harness.Login + "multiaccount_import", Batch(99, 2))).Code);
        Assert.Equal(0, (await harness.Call(Harness.Login + "account_import", """{"UserID":"last"}""")).Code);
        Assert.Equal(70398, (await harness.Call(Harness.Login + "account_import", """{"UserID":"one-more"}""")).Code);
        Assert.Equal(0, (await harness.Call(Harness.Login + "multiaccount_import", Batch(0, 50))).Code);
        await Delete(harness, "u0");
        Assert.Equal(0, (await harness.Call(Harness.Login + "account_import", """{"UserID":"one-more"}""")).Code);
        using var paid = new Harness(options => options.Plan = EmulatorPlan.Paid);
        Assert.Equal(0, (await paid.Call(Harness.Login + "multiaccount_import", Batch(0, 100))).Code);
        Assert.Equal(0, (await paid.Call(Harness.Login + "multiaccount_import", Batch(100, 100))).Code);
    }

    private static Task<Answer> Delete(Harness harness, params string[] accounts) =>
        harness.Call(Harness.Login + "account_delete", $$"""{"DeleteItem":[{{string.Join(',', accounts.Select(a => $$"""{"UserID":"{{a}}"}"""))}}]}""");

    private static Task<Answer> Status(Harness harness, string body) => harness.Call(Harness.Status + "query_online_status", body);

    private static Dictionary<string, string?> States(Answer status) => status.Json.GetProperty("QueryResult").EnumerateArray().ToDictionary(
        item => item.GetProperty("To_Account").GetString()!, item => item.GetProperty("State").GetString());
}
