using System.Net;
using System.Net.Sockets;
using System.Text;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests.Fuzz;

/// <summary>Bodies longer than the emulator reads. Alone in the process: what the others allocate would count as theirs.</summary>
[Collection(nameof(LargeBodyTests))]
[CollectionDefinition(nameof(LargeBodyTests), DisableParallelization = true)]
public sealed class LargeBodyTests
{
    private const int MegaByte = 1024 * 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_that_says_it_is_too_long_is_refused_before_its_first_byte() =>
        await CheckRefusal("Content-Length: 104857600", _ => Task.CompletedTask);

    [Fact]
    public async Task A_body_that_does_not_say_its_length_is_refused_where_it_becomes_too_long() =>
        await CheckRefusal("Transfer-Encoding: chunked", async stream =>
        {
            byte[] chunk = [.. "100000\r\n"u8, .. new byte[MegaByte], .. "\r\n"u8];
            for (int sent = 0; sent <= new EmulatorOptions().MaxBodyBytes; sent += MegaByte)
            {
                await stream.WriteAsync(chunk, Cancellation);
            }
        });

    // The end of the body is never sent: the answer cannot have waited for it.
    private static async Task CheckRefusal(string header, Func<NetworkStream, Task> send)
    {
        await using RunningServer server = await RunningServer.Start();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Endpoint.Port, Cancellation);
        NetworkStream stream = client.GetStream();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(
            $"POST {Harness.Push}im_get_attr?{server.Harness.Query()} HTTP/1.1\r\nHost: 127.0.0.1\r\n{header}\r\n\r\n"), Cancellation);
        Task<string> answer = ReadAnswer(stream);
        await send(stream);

        Assert.Contains("\"ErrorCode\":90001", await answer.WaitAsync(s_patience, Cancellation), StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 40 * MegaByte);
        Assert.Equal(0, (await server.Call(Harness.Push + "im_get_attr_name", "{}")).Code);
    }

    private static async Task<string> ReadAnswer(NetworkStream stream)
    {
        var answer = new StringBuilder();
        byte[] buffer = new byte[4096];
        int read;
        while (!answer.ToString().Contains('}', StringComparison.Ordinal) && (read = await stream.ReadAsync(buffer, Cancellation)) > 0)
        {
            answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }
}
