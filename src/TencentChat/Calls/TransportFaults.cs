using System.Net;
using TencentChat.Errors;

namespace TencentChat.Calls;

/// <summary>Turns what HTTP reports into our own exceptions, whose texts never hold an address with a signature.</summary>
internal static class TransportFaults
{
    public static ChatTransportException From(HttpRequestException fault, string host) => fault.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => new(
            $"The name {host} cannot be resolved.", requestMayHaveArrived: false, fault),
        HttpRequestError.ConnectionError => new(
            $"No connection to {host} could be made.", requestMayHaveArrived: false, fault),
        HttpRequestError.SecureConnectionError => new(
            $"No secure connection to {host} could be made: its certificate was not accepted, or something between here and there speaks another protocol.",
            requestMayHaveArrived: false, fault, endsRun: true),
        HttpRequestError.ProxyTunnelError => new(
            "The proxy refused to open a way to the service. It may require authentication.", requestMayHaveArrived: false, fault, endsRun: true),
        _ => new($"The connection to {host} broke before an answer came.", requestMayHaveArrived: true, fault),
    };

    // The service answers 200 whatever happened, so any other status comes from something in between. What a proxy
    // or gateway refuses with 4xx or a redirect it will refuse again; the rest may pass.
    public static ChatTransportException From(HttpStatusCode status)
    {
        int number = (int)status;
        bool isTransient = number >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
        return status switch
        {
            >= (HttpStatusCode)300 and < (HttpStatusCode)400 => new(
                $"HTTP {number}: the answer points to another address, which is not followed.", requestMayHaveArrived: false, endsRun: true),
            HttpStatusCode.ProxyAuthenticationRequired => new(
                $"HTTP {number}: the proxy requires authentication.", requestMayHaveArrived: false, endsRun: true),
            _ => new($"HTTP {number} instead of an answer of the service.", requestMayHaveArrived: isTransient, endsRun: !isTransient),
        };
    }
}
