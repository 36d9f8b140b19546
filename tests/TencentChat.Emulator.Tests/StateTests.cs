using TencentChat.Emulator.Faults;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

public sealed class StateTests
{
    [Fact]
    public async Task A_state_written_and_read_is_the_same_state()
    {
        using var harness = new Harness();
        await harness.Call(Harness.Tim + "set_attr_name", """{"AttrNames":{"7":"model"},"AttrTypes":{"7":1}}""");
        await harness.Call(Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"😀","Attrs":{"sex":"f","city":"\"<&\\"}},{"To_Account":"gone","Attrs":{"level":"1"}}]}""");
        await harness.Call(Harness.Login + "account_import", """{"UserID":"imported","Nick":"n","FaceUrl":"f"}""");
        await harness.Call(Harness.Login + "account_delete", """{"DeleteItem":[{"UserID":"gone"}]}""");
        await harness.Call(Harness.Login + "kick", """{"UserID":"imported"}""");
        string json = harness.Emulator.ExportState();

        using var other = new Harness(options => options.AttributeNames = ["other"]);
        other.Emulator.ImportState(json);
        Assert.Equal(json, other.Emulator.ExportState());
        Assert.Equal(new Dictionary<string, string> { ["sex"] = "f", ["city"] = "\"<&\\" }, other.Emulator.State.AttributesOf("😀"));
        Assert.False(other.Emulator.State.HasAccount("gone"));
        Assert.Equal(90048, (await other.Call(Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"gone","Attrs":{"level":"1"}}]}""")).Code);
        Assert.Equal(3, other.Emulator.State.AccountCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"accounts":[]}""")]
    [InlineData("""{"Accounts":{}}""")]
    [InlineData("""{"Accounts":[{}]}""")]
    [InlineData("""{"Accounts":[{"UserID":""}]}""")]
    [InlineData("""{"Accounts":[{"UserID":"a"},{"UserID":"a"}]}""")]
    [InlineData("""{"Accounts":[{"UserID":"a","UserID":"a"}]}""")]
    [InlineData("""{"Accounts":[{"UserID":"a","Extra":1}]}""")]
    [InlineData("""{"Accounts":[{"UserID":"a","Attributes":{"city":"x"}}]}""")]
    [InlineData("""{"AttributeNames":{"0":"city"},"Accounts":[{"UserID":"a","Attributes":{"city":""}}]}""")]
    [InlineData("""{"AttributeNames":{"0":"city"},"Accounts":[{"UserID":"a","Attributes":{"city":1}}]}""")]
    [InlineData("""{"AttributeNames":{"0":"city","1":"city"}}""")]
    [InlineData("""{"AttributeNames":{"10":"city"}}""")]
    [InlineData("""{"AttributeNames":{"0":"city"},"AttributeTypes":{"0":2}}""")]
    [InlineData("""{"Accounts":[{"UserID":"a","Online":"Away"}]}""")]
    [InlineData("""{"Accounts":[{"UserID":"a","DeletedAt":"yesterday"}]}""")]
    [InlineData("""{"Accounts":[{"UserID":"a","KickedAt":"1"}]}""")]
    [InlineData("""{"Accounts":[{"UserID":"a","KickedAt":-1}]}""")]
    [InlineData("""{"Accounts":[{"UserID":"a","Imported":1}]}""")]
    [InlineData("""{"Accounts":[{"UserID":"\ud800"}]}""")]
    [InlineData("""{"Accounts":[{"UserID":"\ud800","UserID":"a"}]}""")]
    [InlineData("""{"Accounts":[{"\ud800":1}]}""")]
    [InlineData("""{"Accounts":[null]}""")]
    [InlineData("""{"Accounts":null}""")]
    [InlineData("""{"AttributeNames":{"0":"city"},"Accounts":[{"UserID":"a","Attributes":{"city":null}}]}""")]
    [InlineData("""{"AttributeNames":{"0":"city"},"Accounts":[{"UserID":"a","Attributes":{"city":"x","city":"y"}}]}""")]
    [InlineData("""{"AttributeNames":{"0":null}}""")]
    [InlineData("""{"Accounts":[{"UserID":"a","Online":1}]}""")]
    [InlineData("null")]
    [InlineData("{} {}")]
    [InlineData("[[[[[[[[[[1]]]]]]]]]]")]
    public void What_is_no_state_is_refused_and_changes_nothing(string json)
    {
        using var harness = new Harness(options => options.Accounts = ["before"]);
        FormatException error = Assert.Throws<FormatException>(() => harness.Emulator.ImportState(json));
        Assert.DoesNotContain("TencentChat", error.Message, StringComparison.Ordinal);
        Assert.True(harness.Emulator.State.HasAccount("before"));
        Assert.Equal(3, harness.Emulator.State.AttributeNames.Count);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"AttributeNames":{"0":"city"}}""")]
    [InlineData("""{"Accounts":[{"UserID":"administrator"}]}""")]
    public void A_state_may_leave_out_what_it_has_nothing_of(string json)
    {
        using var harness = new Harness(options => options.Accounts = ["before"]);
        harness.Emulator.ImportState(json);
        Assert.Equal(1, harness.Emulator.State.AccountCount);
    }

    [Fact]
    public void A_state_may_begin_with_a_byte_order_mark_as_editors_write_it()
    {
        using var harness = new Harness();
        harness.Emulator.ImportState("\uFEFF{\"Accounts\":[{\"UserID\":\"u\"}]}"u8);
        Assert.True(harness.Emulator.State.HasAccount("u"));
    }

    [Fact]
    public async Task A_reset_brings_back_how_it_all_began()
    {
        using var harness = new Harness(options => { options.Accounts = ["u"]; options.Faults = [Fault.Parse("im_get_attr_name:91000:1")]; options.RateLimit = 1; });
        string before = harness.Emulator.ExportState();
        await harness.Call(Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"v","Attrs":{"city":"a"}}]}""");
        await harness.Call(Harness.Push + "im_set_attr_name", """{"AttrNames":{"5":"five"}}""");
        harness.Emulator.Faults.Clear();
        harness.Emulator.AdvanceClock(TimeSpan.FromDays(9));
        harness.Emulator.Reset();
        Assert.Equal(before, harness.Emulator.ExportState());
        Assert.Equal(0, harness.Emulator.Journal.Count);
        Assert.Equal(harness.Clock.GetUtcNow(), harness.Emulator.UtcNow);
        Assert.Equal(91000, (await harness.Call(Harness.Push + "im_get_attr_name", "{}")).Code);
        Assert.Equal(0, (await harness.Call(Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"v","Attrs":{"city":"a"}}]}""")).Code);
    }

    [Fact]
    public async Task Calls_in_parallel_lose_nothing()
    {
        using var harness = new Harness(options => options.JournalCapacity = 10_000);
        string[] names = ["sex", "city", "level"];
        await Parallel.ForAsync(0, 600, async (i, _) =>
        {
            string items = string.Join(',', Enumerable.Range(0, 100).Select(k => $$"""{"To_Account":"u{{(i / 3 * 100 + k) % 2000}}","Attrs":{"{{names[i % 3]}}":"v{{i % 3}}"} }"""));
            Assert.Equal(0, (await harness.Call(Harness.Push + "im_set_attr", $$"""{"UserAttrs":[{{items}}]}""")).Code);
        });
        Assert.Equal(2001, harness.Emulator.State.AccountCount);
        for (int i = 0; i < 2000; i++)
        {
            Assert.Equal(new Dictionary<string, string> { ["sex"] = "v0", ["city"] = "v1", ["level"] = "v2" }, harness.Emulator.State.AttributesOf($"u{i}"));
        }

        Assert.Equal(Enumerable.Range(1, 600), harness.Emulator.Journal.Entries.Select(entry => (int)entry.Sequence));
        Assert.Equal(60_000, harness.Emulator.Journal.Totals.Single().Accounts);
    }

    [Fact]
    public async Task An_account_is_deleted_once_however_many_try()
    {
        using var harness = new Harness(options => options.Accounts = [.. Enumerable.Range(0, 100).Select(i => $"u{i}")]);
        string body = $$"""{"DeleteItem":[{{string.Join(',', Enumerable.Range(0, 100).Select(i => $$"""{"UserID":"u{{i}}"}"""))}}]}""";
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => harness.Call(Harness.Login + "account_delete", body)));
        Assert.Equal(100, answers.Sum(answer => answer.Codes("ResultItem", "UserID", "ResultCode").Values.Count(code => code == 0)));
        Assert.Equal(1, harness.Emulator.State.AccountCount);
    }

    [Fact]
    public void Options_no_app_could_have_are_refused()
    {
        Action<EmulatorOptions>[] wrong =
        [
            o => o.SdkAppId = 0, o => o.SecretKey = "", o => o.Admins = [], o => o.Admins = [""], o => o.RateLimit = -1, o => o.PushesPerDay = -1, o => o.Latency = TimeSpan.FromSeconds(-1),
            o => o.JournalCapacity = 0, o => o.MaxBodyBytes = 0, o => o.TrialAccountLimit = -1, o => o.AttributeNames = ["a", "a"], o => o.AttributeNames = [""],
            o => o.AttributeNames = [.. Enumerable.Range(0, 11).Select(i => $"n{i}")], o => o.AttributeNames = [new string('x', 51)],
        ];
        Assert.All(wrong, change =>
        {
            var options = new EmulatorOptions();
            change(options);
            Assert.Throws<ArgumentException>(() => new ChatEmulator(options));
        });
    }

    [Fact]
    public void A_key_that_was_not_given_is_made_up_anew_each_time()
    {
        (ChatEmulator first, ChatEmulator second) = (new ChatEmulator(), new ChatEmulator());
        Assert.Matches("^[0-9a-f]{64}$", first.SecretKey);
        Assert.NotEqual(first.SecretKey, second.SecretKey);
    }

    [Fact]
    public void Accounts_are_added_by_hand_when_they_can_be_accounts()
    {
        var emulator = new ChatEmulator();
        emulator.AddAccounts(["a", "a", "379C2F0D-290D-47AE-94D1-919058C39C77"]);
        Assert.Equal(3, emulator.State.AccountCount);
        Assert.Throws<ArgumentException>(() => emulator.AddAccounts(["123456789012345678901234567890123"]));
        Assert.Throws<ArgumentException>(() => emulator.AddAccounts([""]));
    }
}
