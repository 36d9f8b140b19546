using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using TencentChat.Emulator.Gate;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests.Fuzz;

/// <summary>
/// Requests nobody should send. Whatever comes, there is an answer of the documented form, within bounded memory, and the
/// emulator goes on. TENCENTCHAT_FUZZ sets how many mutations are tried; the seed of a failure is in its message.
/// </summary>
public sealed class FuzzTests
{
    private const string Variable = "TENCENTCHAT_FUZZ";
    private const int UsualMutations = 20_000;
    private const int UsualOverNetwork = 2_000;

    private static readonly string[] s_pushCommands = ["im_set_attr", "im_get_attr", "im_remove_attr", "im_add_tag", "im_get_tag", "im_push"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static int Mutations { get; } =
        int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : UsualMutations;

    [Fact]
    public async Task Mutated_bodies_get_an_answer_of_the_documented_form_and_no_more_memory_than_they_are_worth()
    {
        using Harness harness = MakeHarness();
        var codes = new HashSet<int>();
        for (int seed = 0; seed < Mutations; seed++)
        {
            var mutator = new Mutator(seed);
            (string path, string sample) = mutator.OneOf(Samples.All);
            byte[] body = mutator.Happens(0.02) ? mutator.Bytes(2000) : mutator.Change(Encoding.UTF8.GetBytes(sample));
            // A push a second, and one revocation.
            harness.Clock.Advance(TimeSpan.FromSeconds(2));
            long before = GC.GetAllocatedBytesForCurrentThread();
            ValueTask<EmulatorReply> work = harness.Emulator.ProcessAsync(new EmulatorRequest("POST", path, harness.Query(), body), Cancellation);
            Assert.True(work.IsCompleted, $"seed {seed} waits");
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < 100_000 + (100 * body.Length), $"seed {seed}: {allocated} bytes for a body of {body.Length}");
            codes.Add(CheckAnswer(await work, $"seed {seed}"));
        }

        CheckEmulator(harness.Emulator);
        // Else the mutations would not get past the first check.
        Assert.Empty(new HashSet<int> { 0, 90001, 70402, 60015, 90033, 90003, 90008, 90010, 90040, 90049 }.Except(codes));
        Assert.True(harness.Emulator.Pushes.Count > 10, "pushes went out");
    }

    [Fact]
    public async Task Mutated_addresses_get_an_answer_of_the_documented_form()
    {
        using Harness harness = MakeHarness();
        var codes = new HashSet<int>();
        for (int seed = 0; seed < Mutations / 2; seed++)
        {
            var mutator = new Mutator(seed);
            (string path, string sample) = mutator.OneOf(Samples.All);
            string query = Encoding.Latin1.GetString(mutator.Happens(0.9) ? mutator.Change(Encoding.Latin1.GetBytes(harness.Query())) : mutator.Bytes(300));
            path = mutator.Happens(0.1) ? Encoding.Latin1.GetString(mutator.Change(Encoding.Latin1.GetBytes(path))) : path;
            string method = mutator.Happens(0.05) ? Encoding.Latin1.GetString(mutator.Bytes(40)) : "POST";
            EmulatorReply reply = await harness.Emulator.ProcessAsync(new EmulatorRequest(method, path, query, Encoding.UTF8.GetBytes(sample)), Cancellation);
            codes.Add(CheckAnswer(reply, $"seed {seed}"));
        }

        CheckEmulator(harness.Emulator);
        Assert.Superset(new HashSet<int> { 0, 60002, 60009, 60012, 60025, 70003, 70013, 70020 }, codes);
    }

    [Fact]
    public async Task Mutated_signatures_are_refused_and_never_let_in()
    {
        using Harness harness = MakeHarness();
        byte[] right = Encoding.Latin1.GetBytes($$"""{"TLS.ver":"2.0","TLS.identifier":"administrator","TLS.sdkappid":1400000000,"TLS.expire":86400,"TLS.time":1700000000,"TLS.sig":"{{TestSig.Sign("administrator", 1400000000, 1700000000, 86400)}}"}""");
        byte[] packed = TestSig.Deflate(right);
        for (int seed = 0; seed < Mutations / 4; seed++)
        {
            var mutator = new Mutator(seed);
            byte[] json = mutator.Change(right);
            // Either the JSON is wrong, packed well, or the packing itself is.
            string sig = TestSig.Encode(mutator.Happens(0.7) ? TestSig.Deflate(json) : mutator.Change(packed));
            string query = harness.Query(("usersig", sig));
            EmulatorReply reply = await harness.Emulator.ProcessAsync(new EmulatorRequest("POST", Harness.Push + "im_get_attr_name", query, "{}"u8.ToArray()), Cancellation);
            int code = CheckAnswer(reply, $"seed {seed}");
            bool isTooLong = query.Length > QueryParameters.MaxLength;
            Assert.True(isTooLong ? code == 60002 : code is 70001 or 70003 or 70009 or 70013 or 70014 || IsStillRight(sig), $"seed {seed}: {code}");
        }

        CheckEmulator(harness.Emulator);
    }

    [Fact]
    public async Task Over_the_network_mutated_calls_are_answered_like_in_process()
    {
        await using RunningServer server = await RunningServer.Start(Set);
        using Harness twin = MakeHarness();
        for (int seed = 0; seed < Math.Max(UsualOverNetwork, Mutations / 20); seed++)
        {
            var mutator = new Mutator(seed);
            (string path, string sample) = mutator.OneOf(Samples.All);
            byte[] body = mutator.Change(Encoding.UTF8.GetBytes(sample));
            Answer answer = await server.Call(path, new ByteArrayContent(body));
            EmulatorReply reply = await twin.Emulator.ProcessAsync(new EmulatorRequest("POST", path, twin.Query(), body), Cancellation);
            Assert.Equal(Encoding.UTF8.GetString(reply.Body.Span), answer.Json.GetRawText());
        }

        CheckEmulator(server.Emulator);
    }

    [Fact]
    public async Task Bytes_that_are_no_http_do_not_stop_the_server()
    {
        await using RunningServer server = await RunningServer.Start(Set);
        for (int seed = 0; seed < UsualOverNetwork / 10; seed++)
        {
            var mutator = new Mutator(seed);
            string right = $"POST {Harness.Push}im_get_attr_name?{server.Harness.Query()} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n{{}}";
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, server.Endpoint.Port, Cancellation);
            NetworkStream stream = client.GetStream();
            try
            {
                await stream.WriteAsync(mutator.Happens(0.2) ? mutator.Bytes(500) : mutator.Change(Encoding.Latin1.GetBytes(right)), Cancellation);
                client.Client.Shutdown(SocketShutdown.Send);
                // To the end: the server closes what it cannot read.
                using var all = new MemoryStream();
                await stream.CopyToAsync(all, Cancellation).WaitAsync(TimeSpan.FromMinutes(2), Cancellation);
            }
            catch (Exception exception) when (exception is IOException or SocketException)
            {
                // Cut off: also an answer.
            }
        }

        Assert.Equal(0, (await server.Call(Harness.Push + "im_get_attr_name", "{}")).Code);
        CheckEmulator(server.Emulator);
    }

    /// <summary>Bodies that bring readers down, each by another way.</summary>
    [Theory]
    [InlineData("", 1_000_000, "[", "")]
    [InlineData("", 1_000_000, "{\"a\":", "")]
    [InlineData("{\"To_Account\":[", 1_000_000, "1,", "\"b\"]}")]
    [InlineData("{\"UserAttrs\":[{\"To_Account\":\"a\",\"Attrs\":{", 200_000, "\"n#\":\"v\",", "\"z\":\"v\"}}]}")]
    [InlineData("{\"UserTags\":[{\"To_Account\":\"a\",\"Tags\":[", 200_000, "\"t#\",", "\"z\"]}]}")]
    [InlineData("{", 200_000, "\"n#\":1,", "\"z\":1}")]
    [InlineData("{\"To_Account\":[\"", 4_000_000, "\\u0041", "\"]}")]
    [InlineData("{\"To_Account\":", 10_000_000, "9", "}")]
    public async Task A_body_made_to_exhaust_its_reader_is_refused(string start, int times, string repeated, string end)
    {
        var text = new StringBuilder(start);
        for (int i = 0; i < times; i++)
        {
            text.Append(repeated.Replace("#", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }

        using var harness = new Harness(options => options.MaxBodyBytes = 64 * 1024 * 1024);
        byte[] body = Encoding.UTF8.GetBytes(text.Append(end).ToString());
        foreach (string command in s_pushCommands)
        {
            var request = new EmulatorRequest("POST", Harness.Push + command, harness.Query(), body);
            Task<EmulatorReply> work = Task.Run(async () => await harness.Emulator.ProcessAsync(request, Cancellation), Cancellation);
            Assert.NotEqual(0, CheckAnswer(await work.WaitAsync(TimeSpan.FromMinutes(2), Cancellation), command));
        }

        CheckEmulator(harness.Emulator);
    }

    [Fact]
    public async Task In_process_a_body_of_100_megabytes_is_refused_unread()
    {
        using Harness harness = MakeHarness();
        using var client = new HttpClient(harness.Emulator.CreateHandler());
        using var body = new UnreadableContent(100L * 1024 * 1024);
        using HttpResponseMessage response = await client.PostAsync($"https://localhost{Harness.Push}im_get_attr?{harness.Query()}", body, Cancellation);
        Assert.Contains("\"ErrorCode\":90001", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private static Harness MakeHarness() => new(Set);

    private static void Set(EmulatorOptions options)
    {
        options.TrialAccountLimit = 1_000_000;
        // The journal's own growth is not what is measured.
        options.JournalCapacity = 100;
        options.PushesPerDay = 0;
    }

    /// <summary>The answer is JSON with the three members all answers have, and they agree. Returns its code.</summary>
    private static int CheckAnswer(EmulatorReply reply, string which)
    {
        Assert.Equal(200, reply.HttpStatus);
        using var answer = JsonDocument.Parse(reply.Body);
        int code = answer.RootElement.GetProperty("ErrorCode").GetInt32();
        Assert.True(answer.RootElement.GetProperty("ActionStatus").GetString() == (code == 0 ? "OK" : "FAIL"), which);
        Assert.True(answer.RootElement.GetProperty("ErrorInfo").GetString()!.Length < 300, which);
        return code;
    }

    /// <summary>Nothing broke inside, and the state is one that can be taken out and put in again.</summary>
    private static void CheckEmulator(ChatEmulator emulator)
    {
        Assert.DoesNotContain(emulator.Journal.Totals, total => total.Fault is not null);
        string state = emulator.ExportState();
        var other = new ChatEmulator(new EmulatorOptions { SecretKey = TestSig.Key });
        other.ImportState(state);
        Assert.Equal(state, other.ExportState());
    }

    /// <summary>Whether a changed signature still says the same, as one with a blank more does.</summary>
    private static bool IsStillRight(string sig) =>
        UserSig.TryRead(sig) is { Identifier: "administrator", SdkAppId: 1400000000 } read && read.IsSignedWith(Encoding.UTF8.GetBytes(TestSig.Key));

    private sealed class UnreadableContent(long length) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new InvalidOperationException("It was read.");

        protected override bool TryComputeLength(out long claimed)
        {
            claimed = length;
            return true;
        }
    }
}
