using System.Net;
using System.Text.Json;

namespace TencentChat.Emulator.Tests;

/// <summary>The web server: the service as it is in process, and control beside it.</summary>
public sealed class ControlTests
{
    private static readonly (string File, string Type)[] PageFiles = [("", "text/html"), ("page.css", "text/css"), ("page.js", "text/javascript")];

    private const string Set = """{"UserAttrs":[{"To_Account":"u","Attrs":{"city":"a"}}]}""";

    [Fact]
    public async Task A_call_over_the_network_is_answered_and_noted()
    {
        await using var server = await RunningServer.Start();
        Assert.Equal(0, (await server.Call(Harness.Push + "im_set_attr", Set)).Code);
        Assert.Equal("a", server.Emulator.State.AttributesOf("u")!["city"]);
        var journal = await server.Control("journal");
        Assert.Equal(1, journal.GetProperty("Count").GetInt32());
        var entry = journal.GetProperty("Entries")[0];
        Assert.Equal(("im_set_attr", "u", 0, true), (
            entry.GetProperty("Endpoint").GetString(), entry.GetProperty("Accounts")[0].GetString(), entry.GetProperty("Code").GetInt32(), entry.GetProperty("WorkDone").GetBoolean()));
        Assert.DoesNotContain("usersig", journal.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_journal_is_asked_for_what_is_new_in_it()
    {
        await using var server = await RunningServer.Start();
        await server.Harness.Codes(5, Harness.Push + "im_get_attr_name", "{}");
        Assert.Equal([4, 5], Sequences(await server.Control("journal?after=3")));
        Assert.Equal([5], Sequences(await server.Control("journal?max=1")));
        Assert.Empty(Sequences(await server.Control("journal?after=5&max=-1")));

        static IEnumerable<int> Sequences(JsonElement journal) => journal.GetProperty("Entries").EnumerateArray().Select(entry => entry.GetProperty("Sequence").GetInt32());
    }

    [Fact]
    public async Task State_is_taken_out_and_put_in()
    {
        await using var server = await RunningServer.Start();
        await server.Harness.Call(Harness.Push + "im_set_attr", Set);
        var (_, state) = await server.Control(HttpMethod.Get, "state");
        await using var other = await RunningServer.Start(options => options.AttributeNames = []);
        Assert.Equal(HttpStatusCode.NoContent, (await other.Control(HttpMethod.Put, "state", state)).Status);
        Assert.Equal("a", other.Emulator.State.AttributesOf("u")!["city"]);
        var (status, error) = await other.Control(HttpMethod.Put, "state", "{");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Error", error, StringComparison.Ordinal);
        Assert.Equal("a", other.Emulator.State.AttributesOf("u")!["city"]);
    }

    [Fact]
    public async Task A_fault_is_added_switched_and_removed_while_running()
    {
        await using var server = await RunningServer.Start();
        var (status, added) = await server.Control(HttpMethod.Post, "faults", """{"Fault":"im_get_attr_name:91000:1","Limit":2}""");
        Assert.Equal(HttpStatusCode.Created, status);
        var id = JsonDocument.Parse(added).RootElement.GetProperty("Id").GetInt32();
        Assert.Equal(91000, (await server.Call(Harness.Push + "im_get_attr_name", "{}")).Code);
        Assert.Equal(HttpStatusCode.NoContent, (await server.Control(HttpMethod.Post, $"faults/{id}", """{"IsEnabled":false}""")).Status);
        Assert.Equal(0, (await server.Call(Harness.Push + "im_get_attr_name", "{}")).Code);
        var fault = (await server.Control("faults")).GetProperty("Faults")[0];
        Assert.Equal((1, false, 2), (fault.GetProperty("Strikes").GetInt32(), fault.GetProperty("IsEnabled").GetBoolean(), fault.GetProperty("Limit").GetInt32()));
        Assert.Equal(HttpStatusCode.NoContent, (await server.Control(HttpMethod.Delete, $"faults/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Control(HttpMethod.Delete, $"faults/{id}")).Status);
        Assert.Empty(server.Emulator.Faults.List());
    }

    [Theory]
    [InlineData("""{"Fault":"im_get_attr:sometimes:1"}""")]
    [InlineData("""{"Fault":"nothing:502:1"}""")]
    [InlineData("""{"Fault":"*:502:1","Limit":0}""")]
    [InlineData("""{"Fault":"*:502:1","Unknown":0}""")]
    [InlineData("""{"Fault":1}""")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task A_fault_that_cannot_be_read_is_refused_with_a_reason(string body)
    {
        await using var server = await RunningServer.Start();
        var (status, text) = await server.Control(HttpMethod.Post, "faults", body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.NotEqual("", JsonDocument.Parse(text).RootElement.GetProperty("Error").GetString());
        Assert.Empty(server.Emulator.Faults.List());
    }

    [Fact]
    public async Task A_dropped_call_ends_its_connection_without_an_answer_and_its_work_shows_when_it_was_done()
    {
        await using var server = await RunningServer.Start();
        server.Emulator.Faults.Add(new Fault("im_set_attr", FaultKind.DropBefore, limit: 1));
        await Assert.ThrowsAsync<HttpRequestException>(() => server.Call(Harness.Push + "im_set_attr", Set));
        Assert.False(server.Emulator.State.HasAccount("u"));
        server.Emulator.Faults.Add(new Fault("im_set_attr", FaultKind.DropAfter, limit: 1));
        await Assert.ThrowsAsync<HttpRequestException>(() => server.Call(Harness.Push + "im_set_attr", Set));
        Assert.Equal("a", server.Emulator.State.AttributesOf("u")!["city"]);
        Assert.Equal(0, (await server.Call(Harness.Push + "im_set_attr", Set)).Code);
    }

    [Fact]
    public async Task Reset_and_the_clock_are_reached_through_control()
    {
        await using var server = await RunningServer.Start();
        await server.Harness.Call(Harness.Push + "im_set_attr", Set);
        var before = server.Emulator.UtcNow;
        Assert.Equal(HttpStatusCode.OK, (await server.Control(HttpMethod.Post, "clock", """{"AdvanceSeconds":3600}""")).Status);
        Assert.Equal(before.AddHours(1), (await server.Control("clock")).GetProperty("UtcNow").GetDateTimeOffset());
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Control(HttpMethod.Post, "clock", """{"AdvanceSeconds":-1}""")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Control(HttpMethod.Post, "clock", """{"AdvanceSeconds":1e300}""")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await server.Control(HttpMethod.Post, "reset")).Status);
        Assert.Equal((before, false, 0), (server.Emulator.UtcNow, server.Emulator.State.HasAccount("u"), server.Emulator.Journal.Entries.Count));
    }

    [Fact]
    public async Task Stats_hold_the_calls_of_the_last_minute_by_command()
    {
        await using var server = await RunningServer.Start(options => options.RateLimit = 3);
        Assert.Equal("0, 0, 0, 60007", await server.Harness.Codes(4, Harness.Push + "im_get_attr_name", "{}"));
        server.Emulator.Faults.Add("*:502:1");
        Assert.Equal(502, (await server.Harness.SendForText(Harness.Push + "im_get_attr_name", "{}")).Status);
        server.Harness.Clock.Advance(TimeSpan.FromSeconds(1));
        var traffic = (await server.Control("stats")).GetProperty("Traffic");
        var command = Assert.Single(traffic.GetProperty("Endpoints").EnumerateArray());
        Assert.Equal(("im_get_attr_name", 3), (command.GetProperty("Name").GetString(), command.GetProperty("Limit").GetInt32()));
        Assert.Equal(3, command.GetProperty("Passed").EnumerateArray().Last().GetInt32());
        Assert.Equal(1, traffic.GetProperty("Throttled").EnumerateArray().Last().GetInt32());
        Assert.Equal(1, traffic.GetProperty("Faulted").EnumerateArray().Last().GetInt32());
        server.Harness.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty((await server.Control("stats")).GetProperty("Traffic").GetProperty("Endpoints").EnumerateArray());
    }

    [Fact]
    public async Task Accounts_are_searched_and_never_all_sent()
    {
        await using var server = await RunningServer.Start(options => options.Accounts = [.. Enumerable.Range(0, 500).Select(i => $"user_{i:000}")]);
        Assert.Equal(50, Accounts(await server.Control("accounts")).Count());
        Assert.Equal(200, Accounts(await server.Control("accounts?max=100000")).Count());
        Assert.Equal(["user_123"], Accounts(await server.Control("accounts?search=_123")));
        Assert.Empty(Accounts(await server.Control("accounts?search=USER")));

        static IEnumerable<string?> Accounts(JsonElement answer) => answer.GetProperty("Accounts").EnumerateArray().Select(account => account.GetProperty("UserID").GetString());
    }

    [Theory]
    [InlineData("Host", "attacker.example")]
    [InlineData("Host", "127.0.0.1.attacker.example")]
    [InlineData("Origin", "http://attacker.example")]
    [InlineData("Origin", "null")]
    public async Task Pages_of_other_sites_reach_no_control(string header, string value)
    {
        await using var server = await RunningServer.Start();
        server.Emulator.AddAccounts(["u"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Control(HttpMethod.Post, "reset", "", (header, value))).Status);
        Assert.True(server.Emulator.State.HasAccount("u"));
    }

    [Fact]
    public async Task The_page_comes_with_a_policy_that_runs_nothing_from_elsewhere()
    {
        await using var server = await RunningServer.Start();
        foreach (var (file, type) in PageFiles)
        {
            using var response = await server.Client.GetAsync("/_emulator/" + file, TestContext.Current.CancellationToken);
            var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'; script-src 'self'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
            Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain("innerHTML", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("https://", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Paths_that_are_no_control_are_told_so_and_not_taken_for_calls()
    {
        await using var server = await RunningServer.Start();
        Assert.Equal(HttpStatusCode.NotFound, (await server.Control(HttpMethod.Get, "nothing")).Status);
        Assert.Empty(server.Emulator.Journal.Entries);
        Assert.Equal(60002, (await server.Call("/_emulators", "{}")).Code);
    }

    [Fact]
    public async Task The_service_is_told_the_path_as_it_was_sent()
    {
        await using var server = await RunningServer.Start();
        Assert.Equal(60009, (await server.Call(Harness.Push + "im_get_attr%2F", "{}")).Code);
        Assert.Equal(60002, (await server.Call("/v4//im_get_attr", "{}")).Code);
    }
}
