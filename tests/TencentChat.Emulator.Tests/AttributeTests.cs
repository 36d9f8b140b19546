using TencentChat.Emulator.Options;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

public sealed class AttributeTests
{
    private const string Device = "379C2F0D-290D-47AE-94D1-919058C39C77";

    public static TheoryData<string, string> Families => new() { { Harness.Push, "im_" }, { Harness.Tim, "" } };

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Setting_merges_and_removing_takes_only_what_is_named(string family, string prefix)
    {
        using var harness = new Harness();
        Assert.Equal(0, (await Set(harness, family, prefix, """{"To_Account":"u1","Attrs":{"sex":"f","city":"Oslo"}},{"To_Account":"u2","Attrs":{"level":"9"}}""")).Code);
        Assert.Equal(0, (await Set(harness, family, prefix, """{"To_Account":"u1","Attrs":{"city":"Bergen","level":"1"}}""")).Code);
        Assert.Equal(0, (await Remove(harness, family, prefix, """{"To_Account":"u1","Attrs":["sex"]},{"To_Account":"u2","Attrs":["sex","level"]}""")).Code);
        Answer read = await Get(harness, family, prefix, "u1", "u2");
        Assert.Equal(new() { ["city"] = "Bergen", ["level"] = "1" }, read.Attributes["u1"]);
        Assert.Empty(read.Attributes["u2"]);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Accounts_and_names_that_differ_by_case_are_different(string family, string prefix)
    {
        using var harness = new Harness(options => options.AttributeNames = ["city", "City"]);
        Assert.Equal(0, (await Set(harness, family, prefix, """{"To_Account":"Ann","Attrs":{"city":"a","City":"b"}},{"To_Account":"ann","Attrs":{"City":"c"}}""")).Code);
        Answer read = await Get(harness, family, prefix, "Ann", "ann");
        Assert.Equal(new() { ["city"] = "a", ["City"] = "b" }, read.Attributes["Ann"]);
        Assert.Equal(new() { ["City"] = "c" }, read.Attributes["ann"]);
        Assert.Equal(90033, (await Set(harness, family, prefix, """{"To_Account":"Ann","Attrs":{"CITY":"a"}}""")).Code);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task A_call_takes_100_accounts_and_not_one_more(string family, string prefix)
    {
        using var harness = new Harness();
        string Items(int count, string attrs) => string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"To_Account":"u{{i}}","Attrs":{{attrs}}}"""));
        Assert.Equal(0, (await Set(harness, family, prefix, Items(100, """{"city":"x"}"""))).Code);
        Assert.Equal(90018, (await Set(harness, family, prefix, Items(101, """{"city":"x"}"""))).Code);
        Assert.Equal(0, (await Remove(harness, family, prefix, Items(100, """["city"]"""))).Code);
        Assert.Equal(90018, (await Remove(harness, family, prefix, Items(101, """["city"]"""))).Code);
        Assert.Equal(0, (await Get(harness, family, prefix, [.. Enumerable.Range(0, 100).Select(i => $"u{i}")])).Code);
        Assert.Equal(90018, (await Get(harness, family, prefix, [.. Enumerable.Range(0, 101).Select(i => $"u{i}")])).Code);
        Assert.False(harness.Emulator.State.HasAccount("u100"));
    }

    [Theory]
    [InlineData("", 90030)]
    [InlineData("x", 0)]
    [InlineData("12345678901234567890123456789012345678901234567890", 0)]
    [InlineData("123456789012345678901234567890123456789012345678901", 90030)]
    [InlineData("一二三四五六七八九十一二三四五六ab", 0)]
    [InlineData("一二三四五六七八九十一二三四五六七", 90030)]
    [InlineData("😀😀😀😀😀😀😀😀😀😀😀😀ab", 0)]
    [InlineData("😀😀😀😀😀😀😀😀😀😀😀😀😀", 90030)]
    public async Task A_value_has_1_to_50_bytes_of_utf8(string value, int code)
    {
        using var harness = new Harness();
        Assert.Equal(code, (await Set(harness, Harness.Push, "im_", $$"""{"To_Account":"u","Attrs":{"city":"{{value}}"} }""")).Code);
        Assert.Equal(code == 0 ? value : null, harness.Emulator.State.AttributesOf("u")?["city"]);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task One_unknown_name_fails_the_call_and_nothing_is_written(string family, string prefix)
    {
        using var harness = new Harness();
        Assert.Equal(90033, (await Set(harness, family, prefix, """{"To_Account":"u1","Attrs":{"city":"a"}},{"To_Account":"u2","Attrs":{"town":"b"}}""")).Code);
        Assert.Equal(90033, (await Remove(harness, family, prefix, """{"To_Account":"u1","Attrs":["town"]}""")).Code);
        Assert.False(harness.Emulator.State.HasAccount("u1"));
        Assert.All(harness.Emulator.Journal.Entries, entry => Assert.False(entry.WorkDone));
    }

    [Theory]
    [InlineData("""{}""", 90001)]
    [InlineData("""[]""", 90001)]
    [InlineData("""null""", 90001)]
    [InlineData("", 90001)]
    [InlineData("\ufeff{\"UserAttrs\":[]}", 90001)]
    [InlineData("""{"UserAttrs":[]}""", 90001)]
    [InlineData("""{"UserAttrs":null}""", 90001)]
    [InlineData("""{"UserAttrs":{}}""", 90001)]
    [InlineData("""{"UserAttrs":[null]}""", 90001)]
    [InlineData("""{"UserAttrs":["u"]}""", 90001)]
    [InlineData("""{"Attrs":[{"To_Account":"u","Attrs":{"city":"a"}}]}""", 90001)]
    [InlineData("""{"To_Account":"u","Attrs":{"city":"a"}}""", 90001)]
    [InlineData("""{"UserAttrs":[{"To_Account":"u","Attrs":{"city":"a"}}],"Target":1}""", 90001)]
    [InlineData("""{"UserAttrs":[{"To_Account":"u","Attrs":{"city":"a"}}],"UserAttrs":[]}""", 90001)]
    [InlineData("""{"UserAttrs":[{"To_Account":"u","To_Account":"u","Attrs":{"city":"a"}}]}""", 90001)]
    [InlineData("""{"UserAttrs":[{"To_Account":"u","Attrs":{"city":"a","city":"b"}}]}""", 90001)]
    [InlineData("""{"UserAttrs":[{"To_Account":"u"}]}""", 90001)]
    [InlineData("""{"UserAttrs":[{"To_Account":"u","Attrs":{}}]}""", 90001)]
    [InlineData("""{"UserAttrs":[{"To_Account":"u","Attrs":["city"]}]}""", 90001)]
    [InlineData("""{"UserAttrs":[{"To_Account":"u","Attrs":{"city":1}}]}""", 90001)]
    [InlineData("""{"UserAttrs":[{"To_Account":"u","Attrs":{"city":null}}]}""", 90001)]
    [InlineData("""{"UserAttrs":[{"To_Account":"u","Attrs":{"city":true}}]}""", 90001)]
    [InlineData("""{"UserAttrs":[{"To_Account":"u","Attrs":{"city":"\ud800"}}]}""", 90001)]
    [InlineData("""{"UserAttrs":[{"To_Account":"u","Attrs":{"\ud800":"a"}}]}""", 90001)]
    [InlineData("""{"UserAttrs":[{"To_Account":1,"Attrs":{"city":"a"}}]}""", 60015)]
    [InlineData("""{"UserAttrs":[{"To_Account":null,"Attrs":{"city":"a"}}]}""", 60015)]
    [InlineData("""{"UserAttrs":[{"To_Account":["u"],"Attrs":{"city":"a"}}]}""", 60015)]
    [InlineData("""{"UserAttrs":[{"To_Account":"","Attrs":{"city":"a"}}]}""", 90003)]
    [InlineData("""{"UserAttrs":[{"Attrs":{"city":"a"}}]}""", 90003)]
    [InlineData("""{"UserAttrs":[{"To_Account":"u","Attrs":{"city":"a"}},{"To_Account":"u","Attrs":{"sex":"a"}}]}""", 90001)]
    [InlineData("""{"UserAttrs":[{"To_Account":"u","Attrs":{"city":"a"}}]} x""", 90001)]
    [InlineData("""{"UserAttrs":[{"To_Account":"u","Attrs":{"city":"a"}}],}""", 90001)]
    [InlineData("""{"UserAttrs":[{"To_Account":"u","Attrs":{"city":"a"}}]/**/}""", 90001)]
    [InlineData("""{"UserAttrs":[{"To_Account":"123456789012345678901234567890123","Attrs":{"city":"a"}}]}""", 90048)]
    [InlineData("""{"UserAttrs":[{"To_Account":"u","Attrs":{"0":"1","1":"1","2":"1","3":"1","4":"1","5":"1","6":"1","7":"1","8":"1","9":"1","10":"1"}}]}""", 90033)]
    public async Task A_set_of_any_other_shape_is_refused(string body, int code)
    {
        using var harness = new Harness();
        Assert.Equal(code, (await harness.Call(Harness.Push + "im_set_attr", body)).Code);
        Assert.Equal(1, harness.Emulator.State.AccountCount);
    }

    [Theory]
    [InlineData("""{"UserAttrs":[{"To_Account":"u","Attrs":{"city":""}}]}""", 90001)]
    [InlineData("""{"UserAttrs":[{"To_Account":"u","Attrs":[]}]}""", 90001)]
    [InlineData("""{"UserAttrs":[{"To_Account":"u","Attrs":[1]}]}""", 90001)]
    [InlineData("""{"To_Account":["u"],"Attrs":["city"]}""", 90001)]
    [InlineData("""{"UserAttrs":[{"To_Account":"u","Attrs":["a","b","c","d","e","f","g","h","i","j","k"]}]}""", 90033)]
    public async Task A_removal_of_any_other_shape_is_refused(string body, int code)
    {
        using var harness = new Harness(options => options.Accounts = ["u"]);
        Assert.Equal(code, (await harness.Call(Harness.Push + "im_remove_attr", body)).Code);
    }

    [Theory]
    [InlineData("""{"To_Account":"u"}""", 90001)]
    [InlineData("""{"To_Account":[]}""", 90001)]
    [InlineData("""{"To_Account":[1]}""", 60015)]
    [InlineData("""{"To_Account":[""]}""", 90003)]
    [InlineData("""{"To_Account":["u","u"]}""", 90001)]
    public async Task A_get_of_any_other_shape_is_refused(string body, int code)
    {
        using var harness = new Harness(options => options.Accounts = ["u"]);
        Assert.Equal(code, (await harness.Call(Harness.Push + "im_get_attr", body)).Code);
    }

    [Fact]
    public async Task Setting_brings_an_account_into_being_but_reading_and_removing_do_not()
    {
        using var harness = new Harness();
        Assert.Equal(90048, (await Get(harness, Harness.Push, "im_", "u")).Code);
        Assert.Equal(90048, (await Remove(harness, Harness.Push, "im_", """{"To_Account":"u","Attrs":["city"]}""")).Code);
        Assert.False(harness.Emulator.State.HasAccount("u"));
        Assert.Equal(0, (await Set(harness, Harness.Push, "im_", """{"To_Account":"u","Attrs":{"city":"a"}}""")).Code);
        Assert.True(harness.Emulator.State.HasAccount("u"));
    }

    [Fact]
    public async Task In_strict_mode_only_imported_accounts_exist_for_a_set()
    {
        using var harness = new Harness(options => options.UnknownAccounts = UnknownAccounts.Strict);
        Assert.Equal(90048, (await Set(harness, Harness.Push, "im_", """{"To_Account":"u","Attrs":{"city":"a"}}""")).Code);
        await harness.Call(Harness.Login + "account_import", """{"UserID":"u"}""");
        Assert.Equal(0, (await Set(harness, Harness.Push, "im_", """{"To_Account":"u","Attrs":{"city":"a"}}""")).Code);
        harness.Emulator.AddAccounts(["v"]);
        Assert.Equal(0, (await Set(harness, Harness.Push, "im_", """{"To_Account":"v","Attrs":{"city":"a"}}""")).Code);
    }

    [Fact]
    public async Task The_push_service_does_what_it_can_and_lists_the_rest()
    {
        using var harness = new Harness(options => { options.UnknownAccounts = UnknownAccounts.Strict; options.Accounts = ["u1", "u2"]; });
        Answer set = await Set(harness, Harness.Tim, "", """{"To_Account":"u1","Attrs":{"city":"a"}},{"To_Account":"nobody","Attrs":{"city":"a"}}""");
        Assert.Equal((0, "OK"), (set.Code, set.Json.GetProperty("ActionStatus").GetString()));
        Assert.Equal(new() { ["nobody"] = 70107 }, set.Codes("ErrorList", "To_Account", "ErrorCode"));
        Answer removed = await Remove(harness, Harness.Tim, "", """{"To_Account":"nobody","Attrs":["city"]},{"To_Account":"u2","Attrs":["city"]}""");
        Assert.Equal(new() { ["nobody"] = 70107 }, removed.Codes("ErrorList", "To_Account", "ErrorCode"));
        Answer read = await Get(harness, Harness.Tim, "", "u1", "nobody", "u2");
        Assert.Equal(new() { ["nobody"] = 70107 }, read.Codes("ErrorList", "To_Account", "ErrorCode"));
        Assert.Equal(["u1", "u2"], read.Attributes.Keys.Order());
        Assert.False((await Get(harness, Harness.Tim, "", "u1")).Has("ErrorList"));
    }

    [Fact]
    public async Task A_slot_serves_user_ids_or_registration_ids_never_both()
    {
        using var harness = new Harness(options => options.AttributeNames = []);
        Assert.Equal(0, (await harness.Call(Harness.Tim + "set_attr_name", """{"AttrNames":{"0":"city","1":"model"},"AttrTypes":{"0":0,"1":1}}""")).Code);
        Answer set = await Set(harness, Harness.Tim, "",
            $$"""{"To_Account":"{{Device}}","Attrs":{"model":"X1"} },{"To_Account":"u1","Attrs":{"model":"X2"} },{"To_Account":"u2","Attrs":{"city":"a"} }""");
        Assert.Equal(new() { ["u1"] = 90035 }, set.Codes("ErrorList", "To_Account", "ErrorCode"));
        Assert.Equal(new() { [Device] = 90035 }, (await Set(harness, Harness.Tim, "", $$"""{"To_Account":"{{Device}}","Attrs":{"city":"a"} }""")).Codes("ErrorList", "To_Account", "ErrorCode"));
        Assert.Equal(new() { ["model"] = "X1" }, (await Get(harness, Harness.Tim, "", Device)).Attributes[Device]);
        Assert.Equal(90033, (await Set(harness, Harness.Push, "im_", """{"To_Account":"u2","Attrs":{"model":"a"}}""")).Code);
        Assert.Equal(90048, (await Get(harness, Harness.Push, "im_", Device)).Code);
    }

    [Fact]
    public async Task Answers_come_in_another_order_than_was_asked_and_the_seed_decides_which()
    {
        string[] accounts = Enumerable.Range(0, 50).Select(i => $"u{i}").ToArray();
        async Task<List<string>> Order(int seed)
        {
            using var harness = new Harness(options => { options.Accounts = accounts; options.Seed = seed; });
            return (await Get(harness, Harness.Push, "im_", accounts)).Order("UserAttrs", "To_Account");
        }

        List<string> order = await Order(7);
        Assert.NotEqual(accounts, order);
        Assert.Equal(accounts.Order(), order.Order());
        Assert.Equal(order, await Order(7));
        Assert.NotEqual(order, await Order(8));
    }

    [Fact]
    public async Task Families_that_share_nothing_keep_names_and_values_apart()
    {
        using var harness = new Harness(options => options.OpenQuestions.FamiliesShareAttributes = false);
        await Set(harness, Harness.Push, "im_", """{"To_Account":"u","Attrs":{"city":"push"}}""");
        await Set(harness, Harness.Tim, "", """{"To_Account":"u","Attrs":{"city":"tim"}}""");
        await harness.Call(Harness.Tim + "set_attr_name", """{"AttrNames":{"5":"extra"}}""");
        Assert.Equal("push", (await Get(harness, Harness.Push, "im_", "u")).Attributes["u"]["city"]);
        Assert.Equal("tim", (await Get(harness, Harness.Tim, "", "u")).Attributes["u"]["city"]);
        Assert.Equal(90033, (await Set(harness, Harness.Push, "im_", """{"To_Account":"u","Attrs":{"extra":"x"}}""")).Code);
        string json = harness.Emulator.ExportState();
        harness.Emulator.Reset();
        harness.Emulator.ImportState(json);
        Assert.Equal("tim", (await Get(harness, Harness.Tim, "", "u")).Attributes["u"]["city"]);
        Assert.Equal("push", (await Get(harness, Harness.Push, "im_", "u")).Attributes["u"]["city"]);
    }

    private static Task<Answer> Set(Harness harness, string family, string prefix, string items) =>
        harness.Call($"{family}{prefix}set_attr", $$"""{"UserAttrs":[{{items}}]}""");

    private static Task<Answer> Remove(Harness harness, string family, string prefix, string items) =>
        harness.Call($"{family}{prefix}remove_attr", $$"""{"UserAttrs":[{{items}}]}""");

    private static Task<Answer> Get(Harness harness, string family, string prefix, params string[] accounts) =>
        harness.Call($"{family}{prefix}get_attr", $$"""{"To_Account":[{{string.Join(',', accounts.Select(a => $"\"{a}\""))}}]}""");
}
