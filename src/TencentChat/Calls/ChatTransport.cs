using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Calls;

/// <summary>One HTTP POST to the service: the request's form, the time it may take, and what came back (page 34620).</summary>
internal sealed class ChatTransport : IDisposable
{
    // The largest known answer (100 accounts with ten attributes of 50 bytes each, every letter escaped) stays below 0.6 MB, and
    // there may be a thousand of them at a time.
    private const int MaxReplyBytes = 2 * 1024 * 1024;

    private static readonly MediaTypeHeaderValue s_json = new("application/json") { CharSet = "utf-8" };

    // What goes into an address is escaped already: to look for what may need it costs more than the rest of the address.
    private static readonly UriCreationOptions s_asWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly HttpMessageInvoker _http;
    private readonly Uri[] _hosts;
    private readonly string[] _authorities;
    private readonly Func<Uri, Uri?> _proxyOf;
    private readonly string _query;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private int _host;

    /// <param name="handler">Sends the requests; disposed with this object.</param>
    /// <param name="hosts">The host of the app's region and that region's backup host, or one host that was given.</param>
    /// <param name="proxyOf">Tells the proxy that calls to a host go through; null for none.</param>
    /// <param name="sdkAppId">The app.</param>
    /// <param name="adminUserId">The admin account in whose name the calls are made.</param>
    /// <param name="timeout">How long one call may take.</param>
    /// <param name="time">The clock.</param>
    public ChatTransport(HttpMessageHandler handler, Uri[] hosts, Func<Uri, Uri?> proxyOf, long sdkAppId, string adminUserId, TimeSpan timeout, TimeProvider time)
    {
        _http = new HttpMessageInvoker(handler);
        _hosts = hosts;
        _authorities = Array.ConvertAll(hosts, host => host.GetLeftPart(UriPartial.Authority));
        _proxyOf = proxyOf;
        _query = $"?sdkappid={sdkAppId.ToString(CultureInfo.InvariantCulture)}&identifier={Uri.EscapeDataString(adminUserId)}&usersig=";
        _timeout = timeout;
        _time = time;
    }

    /// <summary>The host that calls go to just now.</summary>
    public Uri Host => _hosts[_host];

    /// <exception cref="ChatTransportException">No usable answer came: the network, a time-out, an HTTP status other than 200.</exception>
    /// <exception cref="ChatProtocolException">An answer came that is not one of this service.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<ChatReply> PostAsync(ChatEndpoint endpoint, ReadOnlyMemory<byte> body, string userSig, SecretMask secrets, CancellationToken cancellationToken)
    {
        int host = _host;
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(_authorities[host], endpoint, userSig));
        var content = new RequestContent(body);
        content.Headers.ContentType = s_json;
        request.Content = content;

        using var expiry = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, either.Token).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw TransportFaults.From(response, _time.GetUtcNow());
            }

            return await ReadReplyAsync(response.Content, secrets, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException fault) when (fault.InnerException is TimeoutException && !either.IsCancellationRequested)
        {
            // The handler's own limit for making a connection: nothing was sent.
            throw TransportFaults.FromConnectTimeout(fault, _hosts[host], _proxyOf(_hosts[host]));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            string seconds = $"within {_timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds.";
            throw content.IsStarted
                ? new ChatTransportException(TransportFault.NoAnswer, $"{endpoint.Name}: no answer {seconds}")
                : new ChatTransportException(TransportFault.Unreachable, $"{endpoint.Name}: no connection {seconds}");
        }
        catch (HttpRequestException fault)
        {
            Uri? proxy = _proxyOf(_hosts[host]);
            if (fault.HttpRequestError == HttpRequestError.NameResolutionError && proxy is null)
            {
                UseOtherHost(host);
            }

            throw TransportFaults.From(fault, _hosts[host], proxy, content.IsStarted);
        }
        catch (SocketException fault)
        {
            // The handler lets it through when a new connection is gone before it could be looked at.
            throw TransportFaults.FromBreak(fault, _hosts[host], _proxyOf(_hosts[host]), content.IsStarted);
        }
        catch (InvalidDataException)
        {
            throw new ChatProtocolException("it is said to be compressed and cannot be unpacked");
        }
        catch (IOException fault)
        {
            throw new ChatTransportException(TransportFault.NoAnswer, $"The connection to {_hosts[host].Host} broke while the answer was read.", fault);
        }
    }

    public void Dispose() => _http.Dispose();

    // Random identifies the request; it is unsigned and takes all of its 32 bits.
    private Uri Address(string authority, ChatEndpoint endpoint, string userSig)
    {
        string random = Random.Shared.NextInt64(0, 1L + uint.MaxValue).ToString(CultureInfo.InvariantCulture);
        return new Uri($"{authority}/{endpoint.Path}{_query}{Uri.EscapeDataString(userSig)}&random={random}&contenttype=json", s_asWritten);
    }

    private static async Task<ChatReply> ReadReplyAsync(HttpContent content, SecretMask secrets, CancellationToken cancellationToken)
    {
        using Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        int expected = (int)Math.Clamp(content.Headers.ContentLength ?? 4096, 256, MaxReplyBytes);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(expected + 1);
        try
        {
            int length = 0;
            int read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false)) > 0)
            {
                length += read;
                if (length > MaxReplyBytes)
                {
                    throw new ChatProtocolException($"it is longer than {MaxReplyBytes / (1024 * 1024)} MB");
                }

                if (length == buffer.Length)
                {
                    byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }

            return ReplyReader.Read(buffer.AsSpan(0, length), secrets);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // The backup host is another name of the same data centre, for when the first name cannot be resolved (page 34620). Not
    // every region's is known for sure, so a name that cannot be resolved either leads back to the first one.
    private void UseOtherHost(int host)
    {
        if (_hosts.Length > 1)
        {
            Interlocked.CompareExchange(ref _host, host ^ 1, host);
        }
    }
}
