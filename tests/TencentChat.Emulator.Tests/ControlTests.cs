using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using TencentChat.Emulator.Faults;
using TencentChat.Emulator.Host;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

/// <summary>The web server: the service as it is in process, and control beside it.</summary>
public sealed class ControlTests
{
    private static readonly (string File, string Type)[] s_pageFiles =
        [("", "text/html"), .. ControlPage.Files.Select(file => (file, Path.GetExtension(file) switch { ".css" => "text/css", ".js" => "text/javascript", _ => "text/html" }))];

    private const string Set = """{"UserAttrs":[{"To_Account":"u","Attrs":{"city":"a"}}]}""";

    [Fact]
    public async Task A_call_over_the_network_is_answered_and_noted()
    {
        await using RunningServer server = await RunningServer.Start();
        Assert.Equal(0, (await server.Call(Harness.Push + "im_set_attr", Set)).Code);
        Assert.Equal("a", server.Emulator.State.AttributesOf("u")!["city"]);
        JsonElement journal = await server.Control("journal");
        Assert.Equal(1, journal.GetProperty("Count").GetInt32());
        JsonElement entry = journal.GetProperty("Entries")[0];
        Assert.Equal(("im_set_attr", "u", 0, true), (
            entry.GetProperty("Endpoint").GetString(), entry.GetProperty("Accounts")[0].GetString(), entry.GetProperty("Code").GetInt32(), entry.GetProperty("WorkDone").GetBoolean()));
        Assert.DoesNotContain("usersig", journal.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task State_is_taken_out_and_put_in()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.Harness.Call(Harness.Push + "im_set_attr", Set);
        (HttpStatusCode _, string state) = await server.Control(HttpMethod.Get, "state");
        await using RunningServer other = await RunningServer.Start(options => options.AttributeNames = []);
        Assert.Equal(HttpStatusCode.NoContent, (await other.Control(HttpMethod.Put, "state", state)).Status);
        Assert.Equal("a", other.Emulator.State.AttributesOf("u")!["city"]);
        (HttpStatusCode status, string error) = await other.Control(HttpMethod.Put, "state", "{");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Error", error, StringComparison.Ordinal);
        Assert.Equal("a", other.Emulator.State.AttributesOf("u")!["city"]);
    }

    [Fact]
    public async Task A_fault_is_added_switched_and_removed_while_running()
    {
        await using RunningServer server = await RunningServer.Start();
        (HttpStatusCode status, string added) = await server.Control(HttpMethod.Post, "faults", """{"Fault":"im_get_attr_name:91000:1","Limit":2}""");
        Assert.Equal(HttpStatusCode.Created, status);
        int id = JsonDocument.Parse(added).RootElement.GetProperty("Id").GetInt32();
        Assert.Equal(91000, (await server.Call(Harness.Push + "im_get_attr_name", "{}")).Code);
        Assert.Equal(HttpStatusCode.NoContent, (await server.Control(HttpMethod.Post, $"faults/{id}", """{"IsEnabled":false}""")).Status);
        Assert.Equal(0, (await server.Call(Harness.Push + "im_get_attr_name", "{}")).Code);
        JsonElement fault = (await server.Control("faults")).GetProperty("Faults")[0];
        Assert.Equal((1, false, 2), (fault.GetProperty("Strikes").GetInt32(), fault.GetProperty("IsEnabled").GetBoolean(), fault.GetProperty("Limit").GetInt32()));
        Assert.Equal(HttpStatusCode.NoContent, (await server.Control(HttpMethod.Delete, $"faults/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Control(HttpMethod.Delete, $"faults/{id}")).Status);
        Assert.Empty(server.Emulator.Faults.List());
    }

    [Fact]
    public async Task A_state_that_is_too_long_is_refused_unread()
    {
        await using RunningServer server = await RunningServer.Start();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Endpoint.Port, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.Latin1.GetBytes($"PUT /_emulator/state HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {(128 * 1024 * 1024) + 1}\r\n\r\n"), TestContext.Current.CancellationToken);
        byte[] answer = new byte[12];
        await stream.ReadExactlyAsync(answer, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.Equal("HTTP/1.1 413", Encoding.Latin1.GetString(answer));
    }

    [Theory]
    [InlineData("faults", """{"Fault":"nothing:502:1"}""", "'nothing' is not a command.")]
    [InlineData("faults", """{"Fault":"*:502:2"}""", "A fault's rate is from 0 to 1.")]
    [InlineData("faults", """{"Fault":"*:delay:0:1"}""", "A fault of kind Delay does not take 0")]
    [InlineData("faults", """{"Fault":"*:502:1","Limit":0}""", "A fault strikes at least one call.")]
    [InlineData("faults", """{"Fault":"*:502:1","Unknown":0}""", "see $.Unknown.")]
    [InlineData("faults", """{"Fault":1}""", "see $.Fault.")]
    [InlineData("faults/1", "{}", "see $.")]
    [InlineData("clock", """{"AdvanceSeconds":-1}""", "The clock moves forward only")]
    [InlineData("clock", """{"AdvanceSeconds":3e11}""", "not beyond the year 9000")]
    public async Task An_error_of_control_speaks_to_people_and_not_of_this_program(string path, string body, string part)
    {
        await using RunningServer server = await RunningServer.Start();
        (HttpStatusCode status, string text) = await server.Control(HttpMethod.Post, path, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        string error = JsonDocument.Parse(text).RootElement.GetProperty("Error").GetString()!;
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", error, StringComparison.Ordinal);
        Assert.DoesNotContain("TencentChat", error, StringComparison.Ordinal);
        Assert.Equal(0, (await server.Call(Harness.Push + "im_get_attr_name", "{}")).Code);
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
        await using RunningServer server = await RunningServer.Start();
        (HttpStatusCode status, string text) = await server.Control(HttpMethod.Post, "faults", body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.NotEqual("", JsonDocument.Parse(text).RootElement.GetProperty("Error").GetString());
        Assert.Empty(server.Emulator.Faults.List());
    }

    [Fact]
    public async Task A_dropped_call_ends_its_connection_without_an_answer_and_its_work_shows_when_it_was_done()
    {
        await using RunningServer server = await RunningServer.Start();
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
        await using RunningServer server = await RunningServer.Start();
        await server.Harness.Call(Harness.Push + "im_set_attr", Set);
        DateTimeOffset before = server.Emulator.UtcNow;
        Assert.Equal(HttpStatusCode.OK, (await server.Control(HttpMethod.Post, "clock", """{"AdvanceSeconds":3600}""")).Status);
        Assert.Equal(before.AddHours(1), (await server.Control("clock")).GetProperty("UtcNow").GetDateTimeOffset());
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Control(HttpMethod.Post, "clock", """{"AdvanceSeconds":-1}""")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Control(HttpMethod.Post, "clock", """{"AdvanceSeconds":1e300}""")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await server.Control(HttpMethod.Post, "reset")).Status);
        Assert.Equal((before, false, 0), (server.Emulator.UtcNow, server.Emulator.State.HasAccount("u"), server.Emulator.Journal.Entries.Count));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "192.0.2.1")]
    [InlineData("x-forwarded-host", "example.org")]
    [InlineData("X-Real-IP", "192.0.2.1")]
    [InlineData("Forwarded", "for=192.0.2.1")]
    [InlineData("Via", "1.1 proxy")]
    public async Task What_came_through_a_proxy_reaches_no_control_but_the_service(string header, string value)
    {
        await using RunningServer server = await RunningServer.Start();
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Control(HttpMethod.Get, "state", "", (header, value))).Status);
        server.Client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        Assert.Equal(0, (await server.Call(Harness.Push + "im_get_attr_name", "{}")).Code);
    }

    // What nginx speaks to what it hands on to, when it is told nothing else: it adds no header of those above.
    [Fact]
    public async Task What_a_proxy_of_the_old_protocol_hands_on_reaches_no_control_but_the_service()
    {
        await using RunningServer server = await RunningServer.Start();
        server.Client.DefaultRequestVersion = HttpVersion.Version10;
        server.Client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Client.GetAsync(new Uri("_emulator/state", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(0, (await server.Call(Harness.Push + "im_get_attr_name", "{}")).Code);
    }

    [Theory]
    [InlineData("Host", "attacker.example")]
    [InlineData("Host", "127.0.0.1.attacker.example")]
    [InlineData("Origin", "http://attacker.example")]
    [InlineData("Origin", "null")]
    public async Task Pages_of_other_sites_reach_no_control(string header, string value)
    {
        await using RunningServer server = await RunningServer.Start();
        server.Emulator.AddAccounts(["u"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Control(HttpMethod.Post, "reset", "", (header, value))).Status);
        Assert.True(server.Emulator.State.HasAccount("u"));
    }

    [Fact]
    public async Task The_page_comes_with_a_policy_that_runs_nothing_from_elsewhere()
    {
        await using RunningServer server = await RunningServer.Start();
        foreach ((string file, string type) in s_pageFiles)
        {
            using HttpResponseMessage response = await server.Client.GetAsync("/_emulator/" + file, TestContext.Current.CancellationToken);
            string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'; script-src 'self'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
            Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
            string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain("innerHTML", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("https://", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Paths_that_are_no_control_are_told_so_and_not_taken_for_calls()
    {
        await using RunningServer server = await RunningServer.Start();
        Assert.Equal(HttpStatusCode.NotFound, (await server.Control(HttpMethod.Get, "nothing")).Status);
        Assert.Empty(server.Emulator.Journal.Entries);
        Assert.Equal(60002, (await server.Call("/_emulators", "{}")).Code);
    }

    [Fact]
    public async Task The_service_is_told_the_path_as_it_was_sent()
    {
        await using RunningServer server = await RunningServer.Start();
        Assert.Equal(60009, (await server.Call(Harness.Push + "im_get_attr%2F", "{}")).Code);
        Assert.Equal(60002, (await server.Call("/v4//im_get_attr", "{}")).Code);
    }
}
