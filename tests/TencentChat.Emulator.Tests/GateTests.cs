using TencentChat.Emulator.Gate;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

/// <summary>The checks in their order. Each row breaks one thing; the rows together show which check comes first.</summary>
public sealed class GateTests
{
    private const string Path = Harness.Push + "im_get_attr";
    private const string Body = """{"To_Account":["administrator"]}""";

    public static TheoryData<string, int> BrokenCalls => new()
    {
        { "nothing", 0 },
        { "method", 60002 },
        { "path", 60009 },
        { "root", 60002 },
        { "version", 60002 },
        { "query", 60002 },
        { "no sdkappid", 60012 },
        { "empty sdkappid", 60012 },
        { "sdkappid no number", 60025 },
        { "no identifier", 60025 },
        { "empty identifier", 60025 },
        { "no usersig", 60025 },
        { "no contenttype", 60025 },
        { "contenttype", 60025 },
        { "no random", 60025 },
        { "random too large", 60025 },
        { "random negative", 60025 },
        { "parameter name in capitals", 60025 },
        { "parameter twice", 60025 },
        { "other app", 70020 },
        { "empty usersig", 70003 },
        { "usersig no signature", 70003 },
        { "signature of other app", 70014 },
        { "signature of other user", 70013 },
        { "expired", 70001 },
        { "other key", 70009 },
        { "no admin", 60010 },
        { "body", 90001 },
        { "count", 90018 },
        { "item", 90048 },
    };

    [Theory]
    [MemberData(nameof(BrokenCalls))]
    public async Task Each_check_answers_its_code_over_http_200(string broken, int code)
    {
        using var harness = new Harness();
        Assert.Equal(code, (await CallBroken(harness, broken)).Code);
    }

    /// <summary>Body, count and item of each kind of service; # stands for one item more than a call may have.</summary>
    [Theory]
    [InlineData(Harness.Push + "im_set_attr", "[]", 90001)]
    [InlineData(Harness.Push + "im_set_attr", """{"UserAttrs":[#{"To_Account":"u","Attrs":{"city":"x"}}]}""", 90018)]
    [InlineData(Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"u","Attrs":{"nope":"x"}}]}""", 90033)]
    [InlineData(Harness.Push + "im_remove_attr", """{"UserAttrs":[]}""", 90001)]
    [InlineData(Harness.Push + "im_remove_attr", """{"UserAttrs":[#{"To_Account":"u","Attrs":["city"]}]}""", 90018)]
    [InlineData(Harness.Tim + "get_attr", "{", 90001)]
    [InlineData(Harness.Tim + "get_attr", """{"To_Account":[#"u"]}""", 90018)]
    [InlineData(Harness.Tim + "get_attr", """{"To_Account":[1]}""", 60015)]
    [InlineData(Harness.Login + "account_delete", "{", 70402)]
    [InlineData(Harness.Login + "account_delete", """{"DeleteItem":[#{"UserID":"u"}]}""", 70402)]
    [InlineData(Harness.Login + "account_check", """{"CheckItem":[{"UserID":""}]}""", 70402)]
    [InlineData(Harness.Login + "multiaccount_import", """{"Accounts":[#"u"]}""", 70402)]
    [InlineData(Harness.Status + "query_online_status", "null", 90001)]
    [InlineData(Harness.Status + "query_online_status", """{"To_Account":[#"u"]}""", 90011)]
    [InlineData(Harness.Status + "query_online_status", """{"To_Account":[1]}""", 90003)]
    public async Task After_the_gate_come_body_count_and_items(string path, string body, int code)
    {
        using var harness = new Harness(options => options.OpenQuestions.DuplicateAccountInCall = DuplicateAccount.InOrder);
        (string start, string item) = body.Split('#') is [var head, var tail] ? (head, tail[..tail.LastIndexOf(']')]) : (body, "");
        int limit = path.StartsWith(Harness.Status, StringComparison.Ordinal) ? 500 : 100;
        string all = item == "" ? body : $"{start}{string.Join(',', Enumerable.Repeat(item, limit + 1))}]}}";
        Answer answer = await harness.Call(path, all);
        Assert.True(code == answer.Code, $"{answer.Code} {answer.Info}");
        if (item != "")
        {
            Assert.NotEqual(code, (await harness.Call(path, $"{start}{string.Join(',', Enumerable.Repeat(item, limit))}]}}")).Code);
        }
    }

    [Fact]
    public async Task Of_two_broken_things_the_one_checked_first_is_told()
    {
        string[] order =
        [
            "method", "query", "no sdkappid", "contenttype", "other app", "usersig no signature", "signature of other app", "signature of other user",
            "expired", "other key", "no admin", "throttled", "body",
        ];
        var codes = BrokenCalls.ToDictionary(row => row.Data.Item1, row => row.Data.Item2);
        codes["throttled"] = 60007;
        for (int first = 0; first < order.Length; first++)
        {
            for (int second = first + 1; second < order.Length; second++)
            {
                // One parameter cannot be both missing and wrong.
                if ((order[first], order[second]) == ("no sdkappid", "other app"))
                {
                    continue;
                }

                using var harness = new Harness(options => options.RateLimit = 1);
                Assert.Equal(0, (await CallBroken(harness, "nothing")).Code);
                if (order[first] != "throttled" && order[second] != "throttled")
                {
                    harness.Clock.Advance(TimeSpan.FromSeconds(1));
                }

                Assert.True(
                    codes[order[first]] == (await CallBroken(harness, order[first], order[second])).Code,
                    $"{order[first]} before {order[second]}");
            }
        }
    }

    [Theory]
    [InlineData("/v4/all_member_push/IM_GET_ATTR")]
    [InlineData("/v4/all_member_push/im_get_attr%20")]
    [InlineData("/v4/timpush/im_get_attr")]
    [InlineData("/v4/openim/im_get_attr")]
    public async Task A_path_that_names_no_command_is_told_so(string path)
    {
        using var harness = new Harness();
        Assert.Equal(60009, (await harness.Call(path, Body)).Code);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v4")]
    [InlineData("/v4/all_member_push/")]
    [InlineData("/v4//im_get_attr")]
    [InlineData("/v4/all_member_push/im_get_attr/")]
    [InlineData("/V4/all_member_push/im_get_attr")]
    public async Task A_path_of_another_form_cannot_be_parsed(string path)
    {
        using var harness = new Harness();
        Assert.Equal(60002, (await harness.Call(path, Body)).Code);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("post")]
    public void No_method_but_post_is_taken(string method)
    {
        Assert.False(Gatekeeper.IsWellFormed(method, Path));
        Assert.True(Gatekeeper.IsWellFormed("POST", Path));
    }

    [Fact]
    public async Task A_signature_is_read_percent_encoded_or_not()
    {
        using var harness = new Harness();
        // Signatures of several seconds, so that one holds a star.
        var sigs = Enumerable.Range(0, 200).Select(i => TestSig.Make(time: 1700000000 - i)).Where(sig => sig.Contains('*', StringComparison.Ordinal)).Take(5).ToList();
        Assert.NotEmpty(sigs);
        foreach (string? sig in sigs)
        {
            string query = $"sdkappid=1400000000&identifier=administrator&random=4294967295&contenttype=json&usersig={sig}";
            Assert.Equal(0, (await harness.Send(HttpMethod.Post, Path, query, Body)).Code);
            Assert.Equal(0, (await harness.Send(HttpMethod.Post, Path, query.Replace("*", "%2A", StringComparison.Ordinal), Body)).Code);
            Assert.Equal(0, (await harness.Send(HttpMethod.Post, Path, query.Replace("*", "%2a", StringComparison.Ordinal), Body)).Code);
        }
    }

    [Fact]
    public async Task A_kick_ends_the_users_older_signatures_and_no_others()
    {
        using var harness = new Harness(options => options.Admins = ["administrator", "second"]);
        string older = harness.Query(("identifier", "second"), ("usersig", TestSig.Make("second")));
        Assert.Equal(0, (await harness.Send(HttpMethod.Post, Path, older, Body)).Code);
        harness.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(0, (await harness.Call(Harness.Login + "kick", """{"UserID":"second"}""")).Code);
        Assert.Equal(70001, (await harness.Send(HttpMethod.Post, Path, older, Body)).Code);
        string newer = harness.Query(("identifier", "second"), ("usersig", TestSig.Make("second", time: harness.Clock.GetUtcNow().ToUnixTimeSeconds())));
        Assert.Equal(0, (await harness.Send(HttpMethod.Post, Path, newer, Body)).Code);
        Assert.Equal(0, (await harness.Send(HttpMethod.Post, Path, harness.Query(("usersig", TestSig.Make())), Body)).Code);
    }

    [Fact]
    public async Task The_clock_moved_by_hand_ends_signatures()
    {
        using var harness = new Harness();
        string query = harness.Query();
        harness.Emulator.AdvanceClock(TimeSpan.FromSeconds(86400));
        Assert.Equal(0, (await harness.Send(HttpMethod.Post, Path, query, Body)).Code);
        harness.Emulator.AdvanceClock(TimeSpan.FromSeconds(1));
        Assert.Equal(70001, (await harness.Send(HttpMethod.Post, Path, query, Body)).Code);
    }

    [Fact]
    public async Task Features_that_are_off_say_so_after_the_gate()
    {
        using var harness = new Harness(options => options.PushToAllEnabled = false);
        Assert.Equal(90045, (await harness.Call(Path, "not json")).Code);
        Assert.Equal(0, (await harness.Call(Harness.Tim + "get_attr", Body)).Code);
        using var other = new Harness(options => options.TimPushEnabled = false);
        Assert.Equal(90045, (await other.Call(Harness.Tim + "get_attr", Body)).Code);
        Assert.Equal(0, (await other.Call(Path, Body)).Code);
    }

    private static Task<Answer> CallBroken(Harness harness, params string[] broken)
    {
        HttpMethod method = HttpMethod.Post;
        (string path, string body, string prefix) = (Path, Body, "");
        var changes = new List<(string, string?)>();
        (string user, long app, long age, string key) = ("administrator", 1400000000L, 0L, TestSig.Key);
        string? sig = null;
        foreach (string thing in broken)
        {
            switch (thing)
            {
                case "method": method = HttpMethod.Get; break;
                case "path": path = Harness.Push + "im_fetch_attr"; break;
                case "root": path = "/"; break;
                case "version": path = "/v3/all_member_push/im_get_attr"; break;
                case "query": prefix = "novalue&"; break;
                case "no sdkappid": changes.Add(("sdkappid", null)); break;
                case "empty sdkappid": changes.Add(("sdkappid", "")); break;
                case "sdkappid no number": changes.Add(("sdkappid", "14e8")); break;
                case "no identifier": changes.Add(("identifier", null)); break;
                case "empty identifier": changes.Add(("identifier", "")); break;
                case "no usersig": changes.Add(("usersig", null)); break;
                case "no contenttype": changes.Add(("contenttype", null)); break;
                case "contenttype": changes.Add(("contenttype", "JSON")); break;
                case "no random": changes.Add(("random", null)); break;
                case "random too large": changes.Add(("random", "4294967296")); break;
                case "random negative": changes.Add(("random", "-1")); break;
                case "parameter name in capitals": changes.AddRange([("identifier", null), ("Identifier", "administrator")]); break;
                case "parameter twice": prefix = "identifier=administrator&"; break;
                case "other app": changes.Add(("sdkappid", "1400000001")); break;
                case "empty usersig": sig = ""; break;
                case "usersig no signature": sig = "eJyrVgrxCdYr"; break;
                case "signature of other app": app = 1400000001; break;
                case "signature of other user": user = "someone"; break;
                case "expired": age = 86401; break;
                case "other key": key = new string('0', 64); break;
                case "no admin": changes.Add(("identifier", "somebody")); user = "somebody"; break;
                case "body": body = "{"; break;
                case "count": body = $$"""{"To_Account":[{{string.Join(',', Enumerable.Range(0, 101).Select(i => $"\"u{i}\""))}}]}"""; break;
                case "item": body = """{"To_Account":["nobody"]}"""; break;
                case "nothing" or "throttled": break;
                default: throw new ArgumentException(thing);
            }
        }

        // A plain user's signature is his own, unless that is what is broken.
        if (broken.Contains("no admin") && broken.Contains("signature of other user"))
        {
            user = "someone";
        }

        changes.Add(("usersig", broken.Contains("no usersig") ? null : sig ?? TestSig.Make(user, app, harness.Clock.GetUtcNow().ToUnixTimeSeconds() - age, key: key)));
        return harness.Send(method, path, prefix + harness.Query([.. changes]), method == HttpMethod.Get ? "" : body);
    }
}
