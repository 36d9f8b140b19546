using System.Net;
using System.Security.Cryptography.X509Certificates;
using TencentChat.Calls;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat;

/// <summary>Where a connection goes and how it behaves. Holds no secret except the proxy's credentials.</summary>
public sealed record ChatConnectionOptions
{
    /// <summary>The app's SDKAppID, greater than 0 (page 34620).</summary>
    public required long SdkAppId { get; init; }

    /// <summary>The app's region; used when <see cref="Endpoint"/> is null. An app lives in exactly one.</summary>
    public ChatRegion Region { get; init; } = ChatRegion.China;

    /// <summary>The address of the service, when it is not a region's: an emulator, a new region. Plain http goes to loopback only, unless <see cref="AllowUnencrypted"/> says otherwise.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>
    /// Plain http to another machine too: everyone on the way can read the signature, and with it act as the admin. For an
    /// emulator in a network of one's own. Default: false.
    /// </summary>
    public bool AllowUnencrypted { get; init; }

    /// <summary>Which of the two attribute families the app uses.</summary>
    public AttributeService AttributeService { get; init; } = AttributeService.AllMemberPush;

    /// <summary>
    /// The most calls a second to one endpoint; null takes each endpoint's documented limit (100 or 200, pages 37170 and 34957).
    /// </summary>
    public double? CallsPerSecond { get; init; }

    /// <summary>How calls are repeated.</summary>
    public RetryPolicy Retry { get; init; } = new();

    /// <summary>How long one call may take. The service's own time-out is 3 seconds, so less makes no sense (page 34620). Default: 10 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The proxy to go through, such as <c>http://host:8080</c>; null takes the system's. Plain http never goes through the system's.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>What the proxy wants to see, be it <see cref="Proxy"/> or the system's. They may stand in <see cref="Proxy"/> instead.</summary>
    public ICredentials? ProxyCredentials { get; init; }

    /// <summary>Sends the requests instead of the network: an emulator in the same process.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The one authority to trust, instead of those of this machine: a test's own.</summary>
    internal X509Certificate2? TrustedRoot { get; init; }

    /// <summary>The app and the place; an address of a proxy may hold a password.</summary>
    public override string ToString() => $"{SdkAppId} ({Endpoint?.Authority ?? Region.ToString()})";

    /// <exception cref="ChatConfigurationException">An option makes no sense.</exception>
    internal void Check()
    {
        if (SdkAppId <= 0)
        {
            throw new ChatConfigurationException("The SDKAppID must be greater than 0: the console shows it beside the app's name.");
        }

        if (Timeout <= TimeSpan.FromSeconds(3))
        {
            throw new ChatConfigurationException("The time-out must be longer than 3 seconds: the service itself takes up to 3 seconds to give up.");
        }

        if (CallsPerSecond is { } limit && !(limit > 0 && double.IsFinite(limit)))
        {
            throw new ChatConfigurationException("The calls per second must be greater than 0.");
        }

        Retry.Check();
        if (Endpoint is not { } endpoint)
        {
            return;
        }

        if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttps && endpoint.Scheme != Uri.UriSchemeHttp))
        {
            throw new ChatConfigurationException("The endpoint must be an address such as https://host or http://127.0.0.1:5080.");
        }

        if (endpoint.UserInfo.Length > 0 || endpoint.PathAndQuery != "/" || endpoint.Fragment.Length > 0)
        {
            throw new ChatConfigurationException("The endpoint must be a host and, if need be, a port, without anything before or behind them.");
        }

        if (endpoint.Scheme == Uri.UriSchemeHttp && !endpoint.IsLoopback && !AllowUnencrypted)
        {
            throw new ChatConfigurationException("Plain http would show the signature to everyone on the way: it is allowed to this machine only. Use https.");
        }
    }
}
