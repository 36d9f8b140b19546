#nullable enable
using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace TencentChat.PesterSupport;

/// <summary>
/// Stands between a client and a server on this machine and remembers the head of every request, signatures included.
/// Serves as a proxy too, one that asks who is there, and as a bad one that answers with what it was sent.
/// </summary>
public sealed class Relay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly HttpClient _onward = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Uri _target;
    private readonly bool _asksForCredential;

    public Relay(Uri target, bool asksForCredential)
    {
        _target = target;
        _asksForCredential = asksForCredential;
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Request lines and headers, as they came.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    /// <summary>Answers with the request's own head instead of passing it on, as error pages of proxies do.</summary>
    public bool Echoes { get; set; }

    /// <summary>Sends every request there instead of passing it on.</summary>
    public Uri? RedirectsTo { get; set; }

    /// <summary>What stands in an answer, and what goes on instead of it.</summary>
    public (string Found, string Given)? Rewrites { get; set; }

    public void Dispose()
    {
        _listener.Stop();
        _onward.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                NetworkStream stream = client.GetStream();
                while (await ReadHeadAsync(stream) is { Length: > 0 } head)
                {
                    Heads.Enqueue(head);
                    byte[] body = new byte[LengthOf(head)];
                    await stream.ReadExactlyAsync(body);
                    if (_asksForCredential && !head.Contains("\nProxy-Authorization:", StringComparison.OrdinalIgnoreCase))
                    {
                        await WriteAsync(stream, "407 Proxy Authentication Required", [], "Proxy-Authenticate: Basic realm=\"relay\"\r\n");
                        continue;
                    }

                    if (Echoes)
                    {
                        await WriteAsync(stream, "200 OK", Encoding.UTF8.GetBytes("<html>Cannot serve " + head), "Content-Type: text/html\r\n");
                        continue;
                    }

                    if (RedirectsTo is not null)
                    {
                        await WriteAsync(stream, "307 Temporary Redirect", [], $"Location: {new Uri(RedirectsTo, head.Split(' ')[1])}\r\n");
                        continue;
                    }

                    string address = head.Split(' ')[1];
                    using var content = new ByteArrayContent(body);
                    using HttpResponseMessage answer = await _onward.PostAsync(new Uri(_target, address), content);
                    string text = await answer.Content.ReadAsStringAsync();
                    text = Rewrites is { } change ? text.Replace(change.Found, change.Given) : text;
                    await WriteAsync(stream, "200 OK", Encoding.UTF8.GetBytes(text), "Content-Type: application/json\r\n");
                }
            }
        }
        catch (Exception end) when (end is IOException or SocketException or HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            head.Append((char)one[0]);
            if (head.Length >= 4 && head.ToString(head.Length - 4, 4) == "\r\n\r\n")
            {
                return head.ToString();
            }
        }

        return string.Empty;
    }

    private static int LengthOf(string head)
    {
        foreach (string line in head.Split("\r\n"))
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            {
                return int.Parse(line["Content-Length:".Length..].Trim());
            }
        }

        return 0;
    }

    private static async Task WriteAsync(NetworkStream stream, string status, byte[] body, string headers)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}Content-Length: {body.Length}\r\n\r\n"));
        await stream.WriteAsync(body);
    }
}
