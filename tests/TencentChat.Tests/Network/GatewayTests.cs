using System.IO.Compression;
using TencentChat.Bulk;

namespace TencentChat.Tests.Network;

/// <summary>A gateway before the service, over real sockets: what it may say instead of an answer, and answers that nobody can believe.</summary>
[Collection(LoopbackServer.Collection)]
public sealed class GatewayTests
{
    [Theory]
    [InlineData("429 Too Many Requests", "Retry-After: 1\r\n")]
    [InlineData("503 Service Unavailable", "Retry-After: 1\r\n")]
    [InlineData("503 Service Unavailable", "Retry-After: Fri, 01 Jan 2100 00:00:00 GMT\r\n")]
    public async Task P4_too_many_requests_are_told_and_repeated(string status, string header)
    {
        await using var gateway = new Gateway((number, request) => number % 4 == 2 ? (status, "<html>slow down</html>", header) : Pass(request));
        using ChatConnection connection = Client.Connect(gateway.Address);
        (List<ChatResult> Results, RunControl Control) run = await Client.DeleteAsync(connection, count: 50);
        Client.AssertAllSucceeded(run);
        Assert.InRange(run.Control.Traffic.ThrottledCalls, 3, 5);
    }

    [Theory]
    [InlineData("503 Service Unavailable")]
    [InlineData("204 No Content")]
    [InlineData("206 Partial Content")]
    [InlineData("403 Forbidden")]
    [InlineData("404 Not Found")]
    [InlineData("413 Content Too Large")]
    [InlineData("401 Unauthorized")]
    [InlineData("302 Found")]
    public async Task P7_one_call_that_a_gateway_answers_itself_ends_no_run(string status)
    {
        await using var gateway = new Gateway((number, request) => number == 5 ? (status, string.Empty, "Location: http://127.0.0.1:9/\r\n") : Pass(request));
        using ChatConnection connection = Client.Connect(gateway.Address);
        Client.AssertAllSucceeded(await Client.DeleteAsync(connection));
    }

    [Theory]
    [InlineData("204 No Content")]
    [InlineData("200 OK")]
    public async Task P1_a_delete_without_an_answer_is_unknown(string status)
    {
        await using var gateway = new Gateway((_, request) => request.Body.Contains("\"u7\"", StringComparison.Ordinal) ? (status, string.Empty, string.Empty) : Pass(request));
        using ChatConnection connection = Client.Connect(gateway.Address);
        (List<ChatResult> results, RunControl control) = await Client.DeleteAsync(connection);
        ChatResult unknown = Assert.Single(results, row => row.Status != ChatResultStatus.Succeeded);
        Assert.Equal(("u7", ChatResultStatus.Unknown), (unknown.UserId, unknown.Status));
        Assert.Null(control.Reason);
    }

    [Theory]
    [InlineData("""{"ActionStatus":"FAIL","ErrorCode":0,"ErrorInfo":""}""")]
    [InlineData("""{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ResultItem":[{"UserID":"u1","ResultCode":0},{"UserID":"u1","ResultCode":70107}]}""")]
    [InlineData("""{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorCode":91000}""")]
    public async Task P1_an_answer_that_contradicts_itself_is_asked_for_again_and_not_believed(string body)
    {
        await using var gateway = new Gateway((number, request) => number <= 3 ? ("200 OK", body, string.Empty) : Pass(request));
        using ChatConnection connection = Client.Connect(gateway.Address);
        Client.AssertAllSucceeded(await Client.DeleteAsync(connection, count: 5));

        await using var liar = new Gateway((_, _) => ("200 OK", body, string.Empty));
        using ChatConnection other = Client.Connect(liar.Address);
        (List<ChatResult> results, RunControl _) = await Client.DeleteAsync(other, count: 5);
        Assert.All(results, row => Assert.Equal((ChatResultStatus.Unknown, "MalformedReply"), (row.Status, row.ErrorId)));
    }

    [Fact]
    public async Task P5_an_answer_beyond_all_reason_is_not_read_to_its_end()
    {
        // Twenty million spaces in some twenty thousand bytes.
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zip.Write(new byte[20_000_000]);
        }

        await using var gateway = new Gateway((number, request) => number == 1 ? ("200 OK", null, "Content-Encoding: gzip\r\n") : Pass(request), packed.ToArray());
        using ChatConnection connection = Client.Connect(gateway.Address);
        (List<ChatResult> Results, RunControl Control) run = await Client.DeleteAsync(connection, count: 5);
        Client.AssertAllSucceeded(run);
        Assert.Equal((1, 2), (run.Control.RepeatedCalls, run.Results[0].Attempts));
    }

    [Fact]
    public async Task P6_connections_that_break_before_or_within_an_answer_are_made_again()
    {
        await using var gateway = new Gateway((number, request) => (number % 5) switch
        {
            1 => ("cut", string.Empty, string.Empty),
            3 => ("half", string.Empty, string.Empty),
            _ => Pass(request),
        });
        using ChatConnection connection = Client.Connect(gateway.Address);
        Client.AssertAllSucceeded(await Client.DeleteAsync(connection));
    }

    private static (string Status, string? Body, string Headers) Pass(HttpRequest request) => ("200 OK", Client.Deleted(request), string.Empty);

    private sealed class Gateway : IAsyncDisposable
    {
        private readonly LoopbackServer _server;
        private int _requests;

        /// <param name="answer">Answers a request, by its number; without a body with <paramref name="blob"/>.</param>
        /// <param name="blob">Bytes for an answer.</param>
        public Gateway(Func<int, HttpRequest, (string Status, string? Body, string Headers)> answer, byte[]? blob = null)
        {
            _server = new LoopbackServer(async (connection, stop) =>
            {
                while (await HttpWire.ReadAsync(connection.Stream, stop).ConfigureAwait(false) is { } request)
                {
                    (string status, string? body, string headers) = answer(Interlocked.Increment(ref _requests), request);
                    switch (status)
                    {
                        case "cut":
                            return;
                        case "half":
                            await connection.Stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"ErrorCode\""u8.ToArray(), stop).ConfigureAwait(false);
                            return;
                        default:
                            await (body is null
                                ? HttpWire.WriteAsync(connection.Stream, status, blob!, headers, stop)
                                : HttpWire.WriteAsync(connection.Stream, status, body, headers, stop)).ConfigureAwait(false);
                            break;
                    }
                }
            });
        }

        public string Address => $"http://127.0.0.1:{_server.Port}";

        public ValueTask DisposeAsync() => _server.DisposeAsync();
    }
}
