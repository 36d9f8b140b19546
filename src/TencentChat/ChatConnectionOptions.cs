using System.Net;
using TencentChat.Calls;
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

    /// <summary>How long one call may take. The service's own time-out is 3 seconds, so less makes no sense (page 34620). Default 10 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The proxy to go through; null takes the system's.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>Sends the requests instead of the network: an emulator in the same process.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
