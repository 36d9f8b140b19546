using System.Net;
using System.Text.Json;
using TencentChat.Emulator.Faults;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

/// <summary>What control shows: the journal, the last minute, accounts.</summary>
public sealed class ControlViewTests
{
    [Fact]
    public async Task The_journal_is_asked_for_what_is_new_in_it()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.Harness.Codes(5, Harness.Push + "im_get_attr_name", "{}");
        Assert.Equal([4, 5], Sequences(await server.Control("journal?after=3")));
        Assert.Equal([5], Sequences(await server.Control("journal?max=1")));
        Assert.Empty(Sequences(await server.Control("journal?after=5&max=-1")));

        static IEnumerable<int> Sequences(JsonElement journal) => journal.GetProperty("Entries").EnumerateArray().Select(entry => entry.GetProperty("Sequence").GetInt32());
    }

    [Fact]
    public async Task The_journal_is_asked_for_one_code_and_codes_for_what_they_mean()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.Harness.Call(Harness.Push + "im_get_attr", """{"To_Account":["nobody"]}""");
        await server.Harness.Codes(2, Harness.Push + "im_get_attr_name", "{}");
        await server.Harness.Call(Harness.Push + "im_get_attr", """{"To_Account":["no one"]}""");
        JsonElement entries = (await server.Control("journal?code=90048&max=1")).GetProperty("Entries");
        Assert.Equal("no one", Assert.Single(entries.EnumerateArray()).GetProperty("Accounts")[0].GetString());
        Assert.Equal(2, (await server.Control("journal?code=90048")).GetProperty("Entries").GetArrayLength());
        Assert.Contains((await server.Control("codes")).GetProperty("Codes").EnumerateArray(), code =>
            code.GetProperty("Code").GetInt32() == 90048 && code.GetProperty("Text").GetString() == "the account does not exist");
    }

    [Fact]
    public async Task The_journal_is_asked_for_what_went_wrong_and_for_what_was_lost()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.Harness.Codes(2, Harness.Push + "im_get_attr_name", "{}");
        string[] kinds = ["drop-before", "drop-after", "truncated", "delay:1", "90048"];
        foreach (string kind in kinds)
        {
            server.Emulator.Faults.Add(Fault.ParseLimited($"im_get_attr_name:{kind}:1", 1));
            _ = server.Emulator.ProcessAsync(new EmulatorRequest("POST", Harness.Push + "im_get_attr_name", server.Harness.Query(), "{}"u8.ToArray()), TestContext.Current.CancellationToken).AsTask();
        }

        Assert.Equal(["drop-before", "drop-after", "truncated", "90048"], await Faults("error"));
        Assert.Equal(["drop-before"], await Faults("none"));
        Assert.Equal(["", "", "drop-after", "truncated", "delay:1"], await Faults("0"));
        (HttpStatusCode status, string text) = await server.Control(HttpMethod.Get, "journal?code=bad");
        Assert.Equal((HttpStatusCode.BadRequest, "'bad' is not a code, nor one of error, none."), (status, JsonDocument.Parse(text).RootElement.GetProperty("Error").GetString()));

        async Task<List<string>> Faults(string code) =>
            [.. (await server.Control($"journal?code={code}")).GetProperty("Entries").EnumerateArray().Select(entry => entry.GetProperty("Fault").GetString() ?? "")];
    }

    [Fact]
    public async Task Stats_hold_the_calls_of_the_last_minute_by_command()
    {
        await using RunningServer server = await RunningServer.Start(options => options.RateLimit = 3);
        Assert.Equal("0, 0, 0, 60007", await server.Harness.Codes(4, Harness.Push + "im_get_attr_name", "{}"));
        server.Emulator.Faults.Add("*:502:1");
        Assert.Equal(502, (await server.Harness.SendForText(Harness.Push + "im_get_attr_name", "{}")).Status);
        server.Harness.Clock.Advance(TimeSpan.FromSeconds(1));
        JsonElement traffic = (await server.Control("stats")).GetProperty("Traffic");
        JsonElement command = Assert.Single(traffic.GetProperty("Endpoints").EnumerateArray());
        Assert.Equal(("im_get_attr_name", 3), (command.GetProperty("Name").GetString(), command.GetProperty("Limit").GetInt32()));
        Assert.Equal(3, command.GetProperty("Passed").EnumerateArray().Last().GetInt32());
        Assert.Equal(1, traffic.GetProperty("Throttled").EnumerateArray().Last().GetInt32());
        Assert.Equal(1, traffic.GetProperty("Faulted").EnumerateArray().Last().GetInt32());
        Assert.Equal((5, 1), (traffic.GetProperty("Calls").EnumerateArray().Last().GetInt32(), traffic.GetProperty("Errors").EnumerateArray().Last().GetInt32()));
        server.Harness.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(5, (await server.Control("stats")).GetProperty("Traffic").GetProperty("Calls")[0].GetInt32());
        server.Harness.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty((await server.Control("stats")).GetProperty("Traffic").GetProperty("Endpoints").EnumerateArray());
    }

    [Fact]
    public async Task Accounts_are_searched_and_never_all_sent()
    {
        await using RunningServer server = await RunningServer.Start(options => options.Accounts = [.. Enumerable.Range(0, 500).Select(i => $"user_{i:000}")]);
        Assert.Equal(50, Accounts(await server.Control("accounts")).Count());
        Assert.Equal(200, Accounts(await server.Control("accounts?max=100000")).Count());
        Assert.Equal(["user_123"], Accounts(await server.Control("accounts?prefix=user_123")));
        Assert.Empty(Accounts(await server.Control("accounts?prefix=USER")));
        Assert.Empty(Accounts(await server.Control("accounts?prefix=123")));
        Assert.Empty(Accounts(await server.Control("accounts?max=-1")));
        JsonElement page = await server.Control("accounts?prefix=user_1&skip=90&max=10");
        Assert.Equal(Enumerable.Range(190, 10).Select(i => $"user_{i}"), Accounts(page));
        Assert.False(page.GetProperty("HasMore").GetBoolean());
        Assert.True((await server.Control("accounts?prefix=user_1&skip=89&max=10")).GetProperty("HasMore").GetBoolean());

        static IEnumerable<string?> Accounts(JsonElement answer) => answer.GetProperty("Accounts").EnumerateArray().Select(account => account.GetProperty("UserID").GetString());
    }

    [Fact]
    public async Task One_account_is_asked_for_by_its_id()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.Harness.Call(Harness.Login + "account_import", """{"UserID":"a/b c","Nick":"Ann"}""");
        await server.Harness.Call(Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"a/b c","Attrs":{"city":"a"}}]}""");
        await server.Harness.Call(Harness.Login + "kick", """{"UserID":"a/b c"}""");
        JsonElement account = await server.Control("account?id=a%2Fb%20c");
        Assert.Equal(("a/b c", "a", "Ann", true), (
            account.GetProperty("UserID").GetString(), account.GetProperty("Attributes").GetProperty("city").GetString(), account.GetProperty("Nick").GetString(), account.GetProperty("IsImported").GetBoolean()));
        Assert.Equal(server.Emulator.UtcNow.ToUnixTimeSeconds(), account.GetProperty("KickedAt").GetDateTimeOffset().ToUnixTimeSeconds());
        (HttpStatusCode status, string text) = await server.Control(HttpMethod.Get, "account?id=nobody");
        Assert.Equal((HttpStatusCode.NotFound, "There is no account 'nobody'."), (status, JsonDocument.Parse(text).RootElement.GetProperty("Error").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Control(HttpMethod.Get, "account")).Status);
    }

    [Fact]
    public async Task A_reset_begins_a_new_minute_and_is_counted()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.Harness.Codes(2, Harness.Push + "im_get_attr_name", "{}");
        server.Harness.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((0, 2), await Read());
        server.Emulator.Reset();
        Assert.Equal((1, 0), await Read());

        async Task<(int Resets, int Calls)> Read()
        {
            JsonElement stats = await server.Control("stats");
            return (stats.GetProperty("Resets").GetInt32(), stats.GetProperty("Traffic").GetProperty("Calls").EnumerateArray().Sum(calls => calls.GetInt32()));
        }
    }
}
