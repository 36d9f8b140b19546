using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using TencentChat.Bulk;

namespace TencentChat.Tests.Network;

/// <summary>A service behind TLS: what a broken handshake costs, what a certificate's fault is called, and that nothing is sent before.</summary>
[Collection(LoopbackServer.Collection)]
public sealed class TlsTests
{
    [Fact]
    public async Task A_service_with_a_certificate_that_is_trusted_is_reached()
    {
        await using var server = new TlsServer(Certificates.Create());
        using ChatConnection connection = Client.Connect(server.Address);
        Client.AssertAllSucceeded(await Client.DeleteAsync(connection));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("reset")]
    [InlineData("reset at once")]
    public async Task P6_handshakes_that_break_off_cost_no_row_anything(string how)
    {
        // Each answer closes its connection, so that the next call makes a new one; every third of those breaks off.
        await using var server = new TlsServer(Certificates.Create(), keepsOpen: false, breaksOff: connection => connection.Number % 3 == 0 ? how : null);
        using ChatConnection connection = Client.Connect(server.Address);
        (List<ChatResult> Results, RunControl Control) run = await Client.DeleteAsync(connection);
        Client.AssertAllSucceeded(run);
        Assert.All(run.Results, row => Assert.Equal(1, row.Attempts));
        Assert.True(server.Connections >= 55, $"{server.Connections} connections");
    }

    [Fact]
    public async Task P6_so_they_do_when_the_very_first_one_breaks_off()
    {
        await using var server = new TlsServer(Certificates.Create(), breaksOff: connection => connection.Number <= 3 ? "cut" : null);
        using ChatConnection connection = Client.Connect(server.Address);
        await connection.CheckAsync(TestContext.Current.CancellationToken);
        Assert.Equal(4, server.Connections);
    }

    [Theory]
    [InlineData("self-signed", "UntrustedRoot")]
    [InlineData("unknown authority", "UntrustedRoot", "PartialChain")]
    [InlineData("expired", "NotTimeValid")]
    [InlineData("other host", "RemoteCertificateNameMismatch")]
    [InlineData("no TLS", "does not speak TLS")]
    public async Task P9_a_certificate_that_is_not_accepted_says_why_and_no_signature_leaves(string what, params string[] words)
    {
        using X509Certificate2 certificate = what switch
        {
            "self-signed" => Certificates.CreateSelfSigned(),
            "expired" => Certificates.Create(isExpired: true),
            "other host" => Certificates.Create(host: "other.example"),
            _ => Certificates.Create(),
        };
        await using var server = new TlsServer(certificate, isPlain: what == "no TLS");
        using ChatConnection connection = Client.Connect(server.Address, options => what == "unknown authority" ? options with { TrustedRoot = Certificates.CreateSelfSigned() } : options);
        (List<ChatResult> results, RunControl control) = await Client.DeleteAsync(connection, count: 20);
        Assert.Equal("ConnectionRefused", control.Reason?.Error.ErrorId);
        Assert.Contains(words, word => control.Reason!.Info!.Contains(word, StringComparison.Ordinal));
        Assert.Contains(server.Address["https://".Length..], control.Reason!.Info, StringComparison.Ordinal);
        Assert.All(results.Skip(5), row => Assert.Equal(ChatResultStatus.Skipped, row.Status));
        Assert.Equal((1, 0), (server.Connections, server.Requests));
    }

    private sealed class TlsServer : IAsyncDisposable
    {
        private readonly LoopbackServer _server;
        private int _requests;

        public TlsServer(X509Certificate2 certificate, bool keepsOpen = true, bool isPlain = false, Func<Connection, string?>? breaksOff = null)
        {
            _server = new LoopbackServer(async (connection, stop) =>
            {
                if (breaksOff?.Invoke(connection) is { } how)
                {
                    // The ClientHello is read, or the close would be a reset anyway.
                    if (how != "reset at once")
                    {
                        await connection.Stream.ReadAsync(new byte[4096], stop).ConfigureAwait(false);
                    }

                    if (how != "cut")
                    {
                        connection.Reset();
                    }

                    return;
                }

                if (isPlain)
                {
                    await connection.Stream.ReadAsync(new byte[4096], stop).ConfigureAwait(false);
                    await HttpWire.WriteAsync(connection.Stream, "400 Bad Request", string.Empty, string.Empty, stop).ConfigureAwait(false);
                    return;
                }

                await using var tls = new SslStream(connection.Stream);
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate, EnabledSslProtocols = SslProtocols.None }, stop).ConfigureAwait(false);
                while (await HttpWire.ReadAsync(tls, stop).ConfigureAwait(false) is { } request)
                {
                    Interlocked.Increment(ref _requests);
                    await HttpWire.WriteAsync(tls, "200 OK", Client.Deleted(request), keepsOpen ? string.Empty : "Connection: close\r\n", stop).ConfigureAwait(false);
                    if (!keepsOpen)
                    {
                        return;
                    }
                }
            });
        }

        public string Address => $"https://localhost:{_server.Port}";

        public int Connections => _server.Connections;

        public int Requests => Volatile.Read(ref _requests);

        public ValueTask DisposeAsync() => _server.DisposeAsync();
    }
}
