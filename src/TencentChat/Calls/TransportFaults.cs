using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using TencentChat.Errors;

namespace TencentChat.Calls;

/// <summary>Turns what HTTP reports into our own exceptions, whose texts never hold an address with a signature.</summary>
internal static class TransportFaults
{
    private static readonly string[] s_certificateFaults = [.. Enum.GetNames<X509ChainStatusFlags>().Concat(Enum.GetNames<SslPolicyErrors>()).Where(name => name is not ("NoError" or "None"))];

    /// <param name="fault">What the handler reports.</param>
    /// <param name="host">Where the call went.</param>
    /// <param name="proxy">The proxy that it went through; null when there is none.</param>
    /// <param name="isStarted">Whether any of the body has left.</param>
    public static ChatTransportException From(HttpRequestException fault, Uri host, Uri? proxy, bool isStarted) => fault.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => new(
            TransportFault.Unreachable, proxy is null ? $"The name {host.Host} cannot be resolved." : $"The proxy's name {proxy.Host} cannot be resolved.", fault),
        HttpRequestError.ConnectionError => new(
            TransportFault.Unreachable, $"{Listener(host, proxy)} accepts no connection{CauseOf(fault)}.", fault),
        HttpRequestError.SecureConnectionError => FromHandshake(fault, host),
        HttpRequestError.ProxyTunnelError => FromTunnel(fault, host),
        _ => FromBreak(fault, host, proxy, isStarted),
    };

    /// <summary>The connection is gone.</summary>
    public static ChatTransportException FromBreak(Exception fault, Uri host, Uri? proxy, bool isStarted) => isStarted
        ? new(TransportFault.NoAnswer, $"The connection to {host.Host} broke before an answer came.", fault)
        : new(TransportFault.Unreachable, $"{Listener(host, proxy)} ended the connection before anything was sent.", fault);

    /// <summary>No connection in time.</summary>
    public static ChatTransportException FromConnectTimeout(Exception fault, Uri host, Uri? proxy) => new(
        TransportFault.Unreachable, $"{Listener(host, proxy)} accepted no connection in time.", fault);

    /// <summary>
    /// The service answers 200 whatever happened, so any other status comes from something in between. What it has refused did
    /// not arrive; what it says of success or of trouble behind it may well have.
    /// </summary>
    public static ChatTransportException From(HttpResponseMessage answer, DateTimeOffset now)
    {
        int status = (int)answer.StatusCode;
        return status switch
        {
            429 => new(TransportFault.Throttled, "HTTP 429: too many requests.") { RetryAfter = WaitOf(answer.Headers.RetryAfter, now) },
            503 when answer.Headers.RetryAfter is { } after => new(TransportFault.Throttled, "HTTP 503: too busy.") { RetryAfter = WaitOf(after, now) },
            >= 300 and < 400 => new(TransportFault.Refused, $"HTTP {status}: the answer points to another address, which is not followed."),
            401 => new(TransportFault.Refused, "HTTP 401: something on the way requires authentication."),
            407 => new(TransportFault.Refused, "HTTP 407: the proxy requires authentication."),
            408 or 425 => new(TransportFault.NoAnswer, NoAnswer(status)),
            >= 400 and < 500 => new(TransportFault.RequestRefused, NoAnswer(status)),
            _ => new(TransportFault.NoAnswer, NoAnswer(status)),
        };
    }

    private static string NoAnswer(int status) => string.Create(CultureInfo.InvariantCulture, $"HTTP {status} instead of an answer of the service.");

    // A handshake that is cut or reset says nothing of the next one; a certificate does.
    private static ChatTransportException FromHandshake(HttpRequestException fault, Uri host)
    {
        Exception? inner = fault;
        while (inner is not (null or AuthenticationException))
        {
            inner = inner.InnerException;
        }

        if (inner is null)
        {
            return new(TransportFault.Unreachable, $"The TLS handshake with {host.Authority} was broken off.", fault);
        }

        string[] words = [.. s_certificateFaults.Where(name => inner.Message.Contains(name, StringComparison.Ordinal))];
        return new(
            TransportFault.Refused,
            words.Length > 0
                ? $"The certificate of {host.Authority} was not accepted: {string.Join(", ", words)}."
                : $"No secure connection to {host.Authority} could be made: it does not speak TLS, or no version of it that this machine allows.",
            fault);
    }

    private static ChatTransportException FromTunnel(HttpRequestException fault, Uri host) => fault.StatusCode switch
    {
        HttpStatusCode.ProxyAuthenticationRequired => new(TransportFault.Refused, "The proxy requires authentication.", fault),
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests) and { } status => new(
            TransportFault.Refused, $"The proxy refuses to connect to {host.Authority} (HTTP {(int)status}).", fault),
        { } status => new(TransportFault.Unreachable, $"The proxy could not connect to {host.Authority} (HTTP {(int)status}).", fault),
        null => new(TransportFault.Unreachable, $"The proxy did not connect to {host.Authority}.", fault),
    };

    private static string Listener(Uri host, Uri? proxy) => proxy is null ? host.Authority : $"The proxy {proxy.Authority}";

    private static string CauseOf(HttpRequestException fault) => fault.InnerException is SocketException socket ? $" ({socket.SocketErrorCode})" : string.Empty;

    private static TimeSpan? WaitOf(RetryConditionHeaderValue? after, DateTimeOffset now) => after?.Delta ?? (after?.Date is { } date ? date - now : null);
}
