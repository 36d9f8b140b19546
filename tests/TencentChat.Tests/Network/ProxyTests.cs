using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TencentChat.Bulk;
using TencentChat.Errors;

namespace TencentChat.Tests.Network;

/// <summary>A CONNECT proxy before the service: what it may answer, what it wants to see, and what it never sees.</summary>
[Collection(LoopbackServer.Collection)]
public sealed class ProxyTests
{
    private const string Authorization = "Proxy-Authorization";

    [Theory]
    [InlineData("500 Internal Server Error")]
    [InlineData("502 Bad Gateway")]
    [InlineData("503 Service Unavailable")]
    [InlineData("504 Gateway Timeout")]
    public async Task P6_a_proxy_that_cannot_connect_for_a_while_costs_no_row_anything(string status)
    {
        await using var service = new Service();
        await using var proxy = new ConnectProxy((number, _) => number % 3 == 2 ? status : null);
        using ChatConnection connection = Client.Connect(service.Address, options => options with { Proxy = proxy.Address });
        (List<ChatResult> Results, RunControl Control) run = await Client.DeleteAsync(connection);
        Client.AssertAllSucceeded(run);
        Assert.All(run.Results, row => Assert.Equal(1, row.Attempts));
        Assert.True(proxy.Requests.Count >= 55);
        Assert.All(proxy.Requests, request => Assert.Equal($"CONNECT localhost:{service.Port} HTTP/1.1", request.Line));
    }

    [Fact]
    public async Task P6_so_does_one_that_breaks_off_before_it_has_connected()
    {
        await using var service = new Service();
        await using var proxy = new ConnectProxy((number, _) => number % 3 == 2 ? ConnectProxy.BreakOff : null);
        using ChatConnection connection = Client.Connect(service.Address, options => options with { Proxy = proxy.Address });
        (List<ChatResult> Results, RunControl Control) run = await Client.DeleteAsync(connection);
        Client.AssertAllSucceeded(run);
        Assert.All(run.Results, row => Assert.Equal(1, row.Attempts));
    }

    [Fact]
    public async Task P1_what_a_proxy_broke_off_before_it_had_connected_was_not_sent()
    {
        await using var service = new Service();
        await using var proxy = new ConnectProxy((number, _) => number % 3 == 2 ? ConnectProxy.BreakOff : null);
        using ChatConnection connection = Client.Connect(service.Address, options => options with { Proxy = proxy.Address, Retry = options.Retry with { MaxRetry = 0 } });
        (List<ChatResult> results, RunControl control) = await Client.DeleteAsync(connection);
        Assert.Null(control.Reason);
        Assert.Equal(service.Requests.SelectMany(request => request.Accounts).Order(), results.Where(row => row.Status == ChatResultStatus.Succeeded).Select(row => row.UserId).Order());
        List<ChatResult> failed = results.FindAll(row => row.Status != ChatResultStatus.Succeeded);
        Assert.NotEmpty(failed);
        Assert.All(failed, row => Assert.Equal((ChatResultStatus.Failed, "ConnectionFailed", 0), (row.Status, row.ErrorId, row.Attempts)));
        Assert.Contains($"The proxy {proxy.Address.Authority} ended the connection", failed[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("407 Proxy Authentication Required", "The proxy requires authentication")]
    [InlineData("403 Forbidden", "The proxy refuses to connect")]
    public async Task P7_a_proxy_that_will_not_ends_a_run_that_begins_so(string status, string words)
    {
        await using var service = new Service();
        await using var proxy = new ConnectProxy((_, _) => status);
        using ChatConnection connection = Client.Connect(service.Address, options => options with { Proxy = proxy.Address });
        (List<ChatResult> _, RunControl control) = await Client.DeleteAsync(connection, count: 20);
        Assert.Equal("ConnectionRefused", control.Reason?.Error.ErrorId);
        Assert.Contains(words, control.Reason!.Info, StringComparison.Ordinal);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task P7_and_does_not_end_one_that_has_passed_before()
    {
        await using var service = new Service();
        await using var proxy = new ConnectProxy((number, _) => number == 7 ? "403 Forbidden" : null);
        using ChatConnection connection = Client.Connect(service.Address, options => options with { Proxy = proxy.Address });
        Client.AssertAllSucceeded(await Client.DeleteAsync(connection));
    }

    [Theory]
    [InlineData("beside the address")]
    [InlineData("in the address")]
    [InlineData("for the system's proxy")]
    public async Task P9_credentials_reach_the_proxy_and_only_the_proxy(string where)
    {
        await using var service = new Service();
        await using var proxy = new ConnectProxy((_, request) => request.Headers.ContainsKey(Authorization) ? null : "407 Proxy Authentication Required");
        var credentials = new NetworkCredential("us er", "pass:word");
        IWebProxy before = HttpClient.DefaultProxy;
        try
        {
            if (where == "for the system's proxy")
            {
                HttpClient.DefaultProxy = new WebProxy(proxy.Address);
            }

            using ChatConnection connection = Client.Connect(service.Address, options => where switch
            {
                "in the address" => options with { Proxy = new Uri(proxy.Address.AbsoluteUri.Replace("//", "//us%20er:pass%3Aword@", StringComparison.Ordinal)) },
                "beside the address" => options with { Proxy = proxy.Address, ProxyCredentials = credentials },
                _ => options with { ProxyCredentials = credentials },
            });
            Client.AssertAllSucceeded(await Client.DeleteAsync(connection, count: 20));
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }

        string expected = "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("us er:pass:word"));
        Assert.Contains(proxy.Requests, request => request.Headers.GetValueOrDefault(Authorization) == expected);
        Assert.DoesNotContain(service.Requests, request => request.Headers.ContainsKey(Authorization));
    }

    [Fact]
    public void P10_credentials_without_any_proxy_are_told() =>
        Assert.Contains("no proxy", Assert.Throws<ChatConfigurationException>(() => Client.Connect("https://localhost", options => options with { ProxyCredentials = new NetworkCredential("a", "b") })).Message, StringComparison.Ordinal);

    [Fact]
    public async Task P9_plain_http_to_this_machine_does_not_leave_it_by_the_systems_proxy()
    {
        await using var service = new Service(isPlain: true);
        await using var proxy = new ConnectProxy((_, _) => null);
        IWebProxy before = HttpClient.DefaultProxy;
        try
        {
            HttpClient.DefaultProxy = new WebProxy(proxy.Address);
            using ChatConnection connection = Client.Connect(service.Address);
            Client.AssertAllSucceeded(await Client.DeleteAsync(connection, count: 20));
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }

        Assert.Empty(proxy.Requests);
        Assert.Equal(4, service.Requests.Count);
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_named_and_not_the_service()
    {
        await using var service = new Service();
        int closed = LoopbackServer.FindClosedPort();
        using ChatConnection connection = Client.Connect(service.Address, options => options with
        {
            Proxy = new Uri($"http://127.0.0.1:{closed}"),
            Retry = options.Retry with { TotalTime = TimeSpan.FromMilliseconds(100) },
        });
        (List<ChatResult> results, RunControl control) = await Client.DeleteAsync(connection, count: 20);
        Assert.Equal("ConnectionFailed", control.Reason?.Error.ErrorId);
        Assert.Equal($"The proxy 127.0.0.1:{closed} accepts no connection (ConnectionRefused).", control.Reason?.Info);
        Assert.All(results, row => Assert.Equal((ChatResultStatus.Skipped, 0), (row.Status, row.Attempts)));
    }

    private sealed class Service : IAsyncDisposable
    {
        private readonly LoopbackServer _server;
        private readonly X509Certificate2 _certificate = Certificates.Create();
        private readonly bool _isPlain;
        private readonly List<HttpRequest> _requests = [];

        public Service(bool isPlain = false)
        {
            _isPlain = isPlain;
            _server = new LoopbackServer(ServeAsync);
        }

        public int Port => _server.Port;

        public string Address => _isPlain ? $"http://127.0.0.1:{Port}" : $"https://localhost:{Port}";

        public IReadOnlyList<HttpRequest> Requests
        {
            get
            {
                lock (_requests)
                {
                    return [.. _requests];
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _server.DisposeAsync().ConfigureAwait(false);
            _certificate.Dispose();
        }

        // One answer a connection, so that every call needs a way of its own.
        private async Task ServeAsync(Connection connection, CancellationToken stop)
        {
            Stream stream = connection.Stream;
            if (!_isPlain)
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, stop).ConfigureAwait(false);
                stream = tls;
            }

            await using Stream owned = stream;
            if (await HttpWire.ReadAsync(stream, stop).ConfigureAwait(false) is { } request)
            {
                lock (_requests)
                {
                    _requests.Add(request);
                }

                await HttpWire.WriteAsync(stream, "200 OK", Client.Deleted(request), "Connection: close\r\n", stop).ConfigureAwait(false);
            }
        }
    }

    private sealed class ConnectProxy : IAsyncDisposable
    {
        /// <summary>In place of a status: the connection ends without one.</summary>
        public const string BreakOff = "";

        private readonly LoopbackServer _server;
        private readonly List<HttpRequest> _requests = [];

        /// <param name="refuse">The status to answer a CONNECT with, by its number; null to open the way.</param>
        public ConnectProxy(Func<int, HttpRequest, string?> refuse)
        {
            _server = new LoopbackServer(async (connection, stop) =>
            {
                if (await HttpWire.ReadAsync(connection.Stream, stop).ConfigureAwait(false) is not { } request)
                {
                    return;
                }

                int number;
                lock (_requests)
                {
                    _requests.Add(request);
                    number = _requests.Count;
                }

                if (refuse(number, request) is { } status)
                {
                    if (status == BreakOff)
                    {
                        connection.Reset();
                        return;
                    }

                    string challenge = status.StartsWith("407", StringComparison.Ordinal) ? "Proxy-Authenticate: Basic realm=\"tests\"\r\n" : string.Empty;
                    await HttpWire.WriteAsync(connection.Stream, status, string.Empty, challenge + "Connection: close\r\n", stop).ConfigureAwait(false);
                    return;
                }

                using var far = new TcpClient();
                await far.ConnectAsync(IPAddress.Loopback, int.Parse(request.Line.Split(' ')[1].Split(':')[1], System.Globalization.CultureInfo.InvariantCulture), stop).ConfigureAwait(false);
                await connection.Stream.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), stop).ConfigureAwait(false);
                await Task.WhenAny(connection.Stream.CopyToAsync(far.GetStream(), stop), far.GetStream().CopyToAsync(connection.Stream, stop)).ConfigureAwait(false);
            });
        }

        public Uri Address => new($"http://127.0.0.1:{_server.Port}");

        public IReadOnlyList<HttpRequest> Requests
        {
            get
            {
                lock (_requests)
                {
                    return [.. _requests];
                }
            }
        }

        public ValueTask DisposeAsync() => _server.DisposeAsync();
    }
}
