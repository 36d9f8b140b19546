using TencentChat.Emulator.Options;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

/// <summary>The tag commands of both families.</summary>
public sealed class TagTests
{
    private const string Device = "379C2F0D-290D-47AE-94D1-919058C39C77";

    private static readonly string s_longTag = new('x', 51);

    public static TheoryData<string, string, string, string, string> Families => new()
    {
        { Harness.Push, "im_add_tag", "im_remove_tag", "im_get_tag", "im_remove_all_tags" },
        { Harness.Tim, "add_tag", "remove_tag", "get_tag", "clear_all_tags" },
    };

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Tags_are_a_set_that_is_added_to_read_taken_from_and_cleared(string family, string add, string remove, string get, string clear)
    {
        using var harness = new Harness();
        Assert.Equal(0, (await harness.Call(family + add, Body("u", "vip", "beta"))).Code);
        Assert.Equal(0, (await harness.Call(family + add, Body("u", "beta", "ü€"))).Code);
        Assert.Equal(0, (await harness.Call(family + add, Body("v", "vip"))).Code);
        Assert.Equal(["beta", "vip", "ü€"], Sorted(await harness.Call(family + get, """{"To_Account":["v","u"]}"""), "u"));
        Assert.Equal(0, (await harness.Call(family + remove, Body("u", "vip", "never held"))).Code);
        Answer read = await harness.Call(family + get, """{"To_Account":["u","v"]}""");
        Assert.Equal(["beta", "ü€"], Sorted(read, "u"));
        Assert.Equal(["vip"], Sorted(read, "v"));
        Assert.False(read.Has("ErrorList"));
        Assert.Equal(0, (await harness.Call(family + clear, """{"To_Account":["u"]}""")).Code);
        Assert.Empty(harness.Emulator.State.TagsOf("u")!);
        Assert.Equal(["vip"], harness.Emulator.State.TagsOf("v")!);
    }

    [Fact]
    public async Task Replacing_makes_the_list_exactly_this_and_only_the_push_service_does_it()
    {
        using var harness = new Harness();
        await harness.Call(Harness.Tim + "add_tag", Body("u", "old", "kept"));
        string many = string.Join(',', Enumerable.Range(0, 99).Select(i => $"\"t{i}\""));
        Assert.Equal(0, (await harness.Call(Harness.Tim + "add_tag", $$"""{"UserTags":[{"To_Account":"u","Tags":["kept",{{many}}],"Replace":1}]}""")).Code);
        Assert.Equal(100, harness.Emulator.State.TagsOf("u")!.Count);
        Assert.DoesNotContain("old", harness.Emulator.State.TagsOf("u")!);
        Assert.Equal(90032, (await harness.Call(Harness.Tim + "add_tag", $$"""{"UserTags":[{"To_Account":"u","Tags":["a","kept",{{many}}],"Replace":1}]}""")).Code);
        Assert.Equal(0, (await harness.Call(Harness.Tim + "add_tag", """{"UserTags":[{"To_Account":"u","Tags":["t0"],"Replace":0}]}""")).Code);
        Assert.Equal(100, harness.Emulator.State.TagsOf("u")!.Count);
        Assert.Equal(90001, (await harness.Call(Harness.Tim + "add_tag", """{"UserTags":[{"To_Account":"u","Tags":["t0"],"Replace":2}]}""")).Code);
        Assert.Equal(90001, (await harness.Call(Harness.Push + "im_add_tag", """{"UserTags":[{"To_Account":"u","Tags":["t0"],"Replace":1}]}""")).Code);
        Assert.Equal(90001, (await harness.Call(Harness.Tim + "remove_tag", """{"UserTags":[{"To_Account":"u","Tags":["t0"],"Replace":1}]}""")).Code);
    }

    public static TheoryData<string, int> WrongBodies => new()
    {
        { "{}", 90001 },
        { """{"UserTags":[]}""", 90001 },
        { """{"UserTags":{}}""", 90001 },
        { """{"To_Account":["u"],"Tags":["a"]}""", 90001 },
        { """{"UserTags":[{"Tags":["a"]}]}""", 90003 },
        { """{"UserTags":[{"To_Account":1,"Tags":["a"]}]}""", 60015 },
        { """{"UserTags":[{"To_Account":"u"}]}""", 90001 },
        { """{"UserTags":[{"To_Account":"u","Tags":[]}]}""", 90001 },
        { """{"UserTags":[{"To_Account":"u","Tags":"a"}]}""", 90001 },
        { """{"UserTags":[{"To_Account":"u","Tags":[1]}]}""", 90001 },
        { """{"UserTags":[{"To_Account":"u","Tags":["a"]},{"To_Account":"u","Tags":["b"]}]}""", 90001 },
        { Body("u", "a", "a"), 90001 },
        { Body("u", ""), 90040 },
        { Body("u", s_longTag), 90034 },
        { Body("u", new string('€', 17)), 90034 },
        { Body("u", [.. Enumerable.Range(0, 11).Select(i => $"t{i}")]), 90032 },
        { $$"""{"UserTags":[{{string.Join(',', Enumerable.Range(0, 101).Select(i => $$"""{"To_Account":"u{{i}}","Tags":["a"]}"""))}}]}""", 90018 },
    };

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public async Task A_list_of_tags_of_any_other_shape_is_refused_and_writes_nothing(string body, int code)
    {
        foreach (string path in new[] { Harness.Push + "im_add_tag", Harness.Push + "im_remove_tag", Harness.Tim + "add_tag", Harness.Tim + "remove_tag" })
        {
            using var harness = new Harness(options => options.Accounts = ["u"]);
            Assert.Equal(code, (await harness.Call(path, body)).Code);
            Assert.Empty(harness.Emulator.State.TagsOf("u")!);
            Assert.Equal(0, harness.Emulator.State.TagCount);
        }
    }

    [Theory]
    [InlineData("""{"To_Account":[]}""", 90001)]
    [InlineData("""{"To_Account":"u"}""", 90001)]
    [InlineData("""{"UserTags":["u"]}""", 90001)]
    [InlineData("""{"To_Account":["u","u"]}""", 90001)]
    [InlineData("""{"To_Account":[1]}""", 60015)]
    [InlineData("""{"To_Account":[""]}""", 90003)]
    public async Task A_list_of_accounts_of_any_other_shape_is_refused(string body, int code)
    {
        foreach (string path in new[] { Harness.Push + "im_get_tag", Harness.Push + "im_remove_all_tags", Harness.Tim + "get_tag", Harness.Tim + "clear_all_tags" })
        {
            using var harness = new Harness(options => options.Accounts = ["u"]);
            Assert.Equal(code, (await harness.Call(path, body)).Code);
        }
    }

    [Fact]
    public async Task A_tag_takes_fifty_bytes_an_account_a_hundred_tags_and_an_app_a_thousand()
    {
        using var harness = new Harness();
        Assert.Equal(0, (await harness.Call(Harness.Push + "im_add_tag", Body("u", new string('€', 16) + "ab", s_longTag[1..]))).Code);
        for (int call = 0; call < 10; call++)
        {
            string[] tags = [.. Enumerable.Range(0, call < 9 ? 10 : 8).Select(i => $"t{call}-{i}")];
            Assert.Equal(0, (await harness.Call(Harness.Push + "im_add_tag", Body("u", tags))).Code);
        }

        Assert.Equal(90032, (await harness.Call(Harness.Push + "im_add_tag", Body("u", "one more"))).Code);
        Assert.Equal(0, (await harness.Call(Harness.Push + "im_add_tag", Body("u", "t0-0"))).Code);
        for (int call = 0; call < 90; call++)
        {
            Assert.Equal(0, (await harness.Call(Harness.Tim + "add_tag", Body($"v{call / 10}", [.. Enumerable.Range(0, 10).Select(i => $"v{call}-{i}")]))).Code);
        }

        Assert.Equal(1000, harness.Emulator.State.TagCount);
        Assert.Equal(90032, (await harness.Call(Harness.Tim + "add_tag", Body("w", "t0-0", "one more"))).Code);
        Assert.Equal(0, (await harness.Call(Harness.Tim + "add_tag", Body("w", "t0-0", "v0-0"))).Code);
    }

    [Fact]
    public async Task The_limit_of_an_app_counts_what_stands_before_in_the_same_call()
    {
        using var harness = new Harness();
        harness.Emulator.ImportState("{\"Tags\":{" + string.Join(',', Enumerable.Range(0, 999).Select(i => $"\"t{i}\":0")) + "}}");
        Assert.Equal(90032, (await harness.Call(Harness.Tim + "add_tag", """{"UserTags":[{"To_Account":"u","Tags":["a"]},{"To_Account":"v","Tags":["b"]}]}""")).Code);
        Assert.Equal(0, (await harness.Call(Harness.Tim + "add_tag", """{"UserTags":[{"To_Account":"u","Tags":["a"]},{"To_Account":"v","Tags":["a"]}]}""")).Code);
    }

    [Fact]
    public async Task A_tag_serves_user_ids_or_registration_ids_never_both()
    {
        using var harness = new Harness();
        Answer set = await harness.Call(Harness.Tim + "add_tag", $$"""{"UserTags":[{"To_Account":"u","Tags":["a"]},{"To_Account":"{{Device}}","Tags":["b","a"]},{"To_Account":"v","Tags":["b"]}]}""");
        Assert.Equal(0, set.Code);
        Assert.Equal(new() { [Device] = 90035 }, set.Codes("ErrorList", "To_Account", "ErrorCode"));
        Assert.Equal(["b"], harness.Emulator.State.TagsOf("v")!);
        Assert.Null(harness.Emulator.State.TagsOf(Device));
        Assert.Equal(0, (await harness.Call(Harness.Tim + "add_tag", Body(Device, "phones"))).Code);
        Assert.Equal(new() { ["u"] = 90035 }, (await harness.Call(Harness.Tim + "add_tag", Body("u", "phones"))).Codes("ErrorList", "To_Account", "ErrorCode"));
        Assert.Equal(90035, (await harness.Call(Harness.Push + "im_add_tag", Body("u", "phones"))).Code);
        Assert.Equal(90048, (await harness.Call(Harness.Push + "im_get_tag", $$"""{"To_Account":["{{Device}}"]}""")).Code);
        Assert.Equal(["phones"], Sorted(await harness.Call(Harness.Tim + "get_tag", $$"""{"To_Account":["{{Device}}"]}"""), Device));
    }

    [Fact]
    public async Task The_push_service_does_what_it_can_and_lists_who_is_missing()
    {
        using var harness = new Harness(options => { options.UnknownAccounts = UnknownAccounts.Strict; options.Accounts = ["u"]; });
        const string Both = """{"UserTags":[{"To_Account":"nobody","Tags":["a"]},{"To_Account":"u","Tags":["a"]}]}""";
        foreach ((string command, string body) in new[] { ("add_tag", Both), ("remove_tag", Both), ("get_tag", """{"To_Account":["u","nobody"]}"""), ("clear_all_tags", """{"To_Account":["u","nobody"]}""") })
        {
            Answer answer = await harness.Call(Harness.Tim + command, body);
            Assert.Equal(0, answer.Code);
            Assert.Equal(new() { ["nobody"] = 70107 }, answer.Codes("ErrorList", "To_Account", "ErrorCode"));
        }

        Assert.False(harness.Emulator.State.HasAccount("nobody"));
    }

    [Fact]
    public async Task Adding_brings_an_account_into_being_but_reading_removing_and_clearing_do_not()
    {
        using var harness = new Harness();
        Assert.Equal(90048, (await harness.Call(Harness.Push + "im_get_tag", """{"To_Account":["u"]}""")).Code);
        Assert.Equal(90048, (await harness.Call(Harness.Push + "im_remove_tag", Body("u", "a"))).Code);
        Assert.Equal(90048, (await harness.Call(Harness.Push + "im_remove_all_tags", """{"To_Account":["u"]}""")).Code);
        Assert.False(harness.Emulator.State.HasAccount("u"));
        Assert.Equal(0, (await harness.Call(Harness.Push + "im_add_tag", Body("u", "a"))).Code);
        Assert.True(harness.Emulator.State.HasAccount("u"));
    }

    [Fact]
    public async Task Tags_outlive_a_state_written_and_read_and_not_a_deletion()
    {
        using var harness = new Harness();
        await harness.Call(Harness.Tim + "add_tag", $$"""{"UserTags":[{"To_Account":"u","Tags":["a","b"]},{"To_Account":"{{Device}}","Tags":["c"]},{"To_Account":"gone","Tags":["d"]}]}""");
        await harness.Call(Harness.Login + "account_delete", """{"DeleteItem":[{"UserID":"gone"}]}""");
        await harness.Call(Harness.Login + "account_import", """{"UserID":"gone"}""");
        Assert.Empty(harness.Emulator.State.TagsOf("gone")!);
        string json = harness.Emulator.ExportState();
        using var other = new Harness();
        other.Emulator.ImportState(json);
        Assert.Equal(json, other.Emulator.ExportState());
        Assert.Equal(4, other.Emulator.State.TagCount);
        Assert.Equal(["a", "b"], other.Emulator.State.TagsOf("u")!.Order());
        Assert.Equal(new() { ["u"] = 90035 }, (await other.Call(Harness.Tim + "add_tag", Body("u", "c"))).Codes("ErrorList", "To_Account", "ErrorCode"));
        harness.Emulator.Reset();
        Assert.Equal(0, harness.Emulator.State.TagCount);
    }

    [Theory]
    [InlineData("""{"Accounts":[{"UserID":"a","Tags":[""]}]}""")]
    [InlineData("""{"Accounts":[{"UserID":"a","Tags":[null]}]}""")]
    [InlineData("""{"Accounts":[{"UserID":"a","Tags":["x","x"]}]}""")]
    [InlineData("""{"Accounts":[{"UserID":"a","Tags":"x"}]}""")]
    [InlineData("""{"Tags":{"x":2}}""")]
    [InlineData("""{"Tags":{"":0}}""")]
    [InlineData("""{"Tags":{"x":1},"Accounts":[{"UserID":"a","Tags":["x"]}]}""")]
    [InlineData("""{"Accounts":[{"UserID":"a","Tags":["x"]},{"UserID":"379C2F0D-290D-47AE-94D1-919058C39C77","Tags":["x"]}]}""")]
    public void Tags_that_no_app_could_have_are_no_state(string json)
    {
        using var harness = new Harness(options => options.Accounts = ["before"]);
        Assert.Throws<FormatException>(() => harness.Emulator.ImportState(json));
        Assert.True(harness.Emulator.State.HasAccount("before"));
    }

    [Fact]
    public async Task Calls_in_parallel_lose_no_tag()
    {
        using var harness = new Harness();
        await Parallel.ForAsync(0, 200, async (i, _) =>
        {
            string items = string.Join(',', Enumerable.Range(0, 100).Select(k => $$"""{"To_Account":"u{{k}}","Tags":["t{{i % 50}}"]}"""));
            Assert.Equal(0, (await harness.Call(Harness.Push + "im_add_tag", $$"""{"UserTags":[{{items}}]}""")).Code);
        });
        Assert.All(Enumerable.Range(0, 100), k => Assert.Equal(50, harness.Emulator.State.TagsOf($"u{k}")!.Count));
        Assert.Equal(50, harness.Emulator.State.TagCount);
    }

    private static string Body(string account, params string[] tags) =>
        $$"""{"UserTags":[{"To_Account":"{{account}}","Tags":[{{string.Join(',', tags.Select(tag => $"\"{tag}\""))}}]}]}""";

    private static List<string> Sorted(Answer answer, string account) =>
        [.. answer.Json.GetProperty("UserTags").EnumerateArray().Single(item => item.GetProperty("To_Account").GetString() == account)
            .GetProperty("Tags").EnumerateArray().Select(tag => tag.GetString()!).Order(StringComparer.Ordinal)];
}
