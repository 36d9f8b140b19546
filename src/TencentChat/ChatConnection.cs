using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using TencentChat.Calls;
using TencentChat.Errors;
using TencentChat.Operations.Attributes;
using TencentChat.Operations.Push;
using TencentChat.Operations.Tags;
using TencentChat.Protocol;
using TencentChat.Signing;

namespace TencentChat;

/// <summary>
/// One app, one admin, one rate limiter per endpoint. Runs on the same connection share these, its signature and its sockets.
/// Shows no secret; safe for use from many threads.
/// </summary>
public sealed class ChatConnection : IDisposable
{
    private static readonly TimeSpan s_longestCheck = TimeSpan.FromSeconds(5);

    private readonly ChatCaller _caller;

    /// <param name="options">Where to go and how to behave.</param>
    /// <param name="signature">Signs for the admin; disposed with the connection.</param>
    /// <exception cref="ChatConfigurationException">An option makes no sense.</exception>
    public ChatConnection(ChatConnectionOptions options, UserSigSource signature)
    {
        options.Check();
        Options = options;
        Signature = signature;
        Uri[] hosts = options.Endpoint is { } endpoint
            ? [endpoint]
            : [ChatRegions.Endpoint(options.Region), ChatRegions.BackupEndpoint(options.Region)];
        ProxyRoute? route = options.Handler is null ? new ProxyRoute(hosts[0], options.Proxy, options.ProxyCredentials) : null;
        HttpMessageHandler handler = options.Handler ?? CreateHandler(options, route!);
        var transport = new ChatTransport(handler, hosts, host => route?.ProxyOf(host), options.SdkAppId, AdminUserId, options.Timeout, options.Time);
        _caller = new ChatCaller(transport, signature, options.CallsPerSecond, options.Time);
        Calls = new RetryLoop(_caller, options.Retry, options.Time);
        Names = new AttributeNameSource(Calls, options.AttributeService);
    }

    /// <summary>The app.</summary>
    public long SdkAppId => Options.SdkAppId;

    /// <summary>The app in words, for example "app 1400000000".</summary>
    internal string AppName => string.Create(CultureInfo.InvariantCulture, $"app {SdkAppId}");

    /// <summary>The app admin in whose name calls are made.</summary>
    public string AdminUserId => Signature.UserId;

    /// <summary>The host that calls go to just now: the region's, or its backup host after the first could not be resolved.</summary>
    public Uri Host => _caller.Host;

    /// <summary>The region that was chosen; null when an address was given instead.</summary>
    public ChatRegion? Region => Options.Endpoint is null ? Options.Region : null;

    /// <summary>Which of the two attribute families is used.</summary>
    public AttributeService AttributeService => Options.AttributeService;

    /// <summary>The most calls a second to one endpoint; null for each endpoint's documented limit.</summary>
    public double? CallsPerSecond => Options.CallsPerSecond;

    /// <summary>Repeats of one call after its first try.</summary>
    public int MaxRetry => Options.Retry.MaxRetry;

    /// <summary>How many seconds one call may take. A number, since a time span in JSON is sixteen lines.</summary>
    public double TimeoutSec => Options.Timeout.TotalSeconds;

    /// <summary>Whether calls go to an emulator in this process, and nothing reaches the network.</summary>
    public bool IsEmulator => Options.Handler is not null;

    /// <summary>Whether the connection was closed.</summary>
    public bool IsClosed => _caller.IsClosed;

    /// <summary>Reads the app's attribute names (page 37168).</summary>
    /// <param name="notOlderThan">What is in memory will do if it was read within this time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ChatException">The call failed in spite of its repeats.</exception>
    public Task<AttributeNameTable> GetAttributeNamesAsync(TimeSpan notOlderThan, CancellationToken cancellationToken = default) =>
        Names.GetAsync(notOlderThan, cancellationToken);

    /// <summary>Names attribute slots (page 37167). Slots that are not given stay as they are.</summary>
    /// <param name="names">Names by slot, 0 to 9; each 1 to 50 bytes of UTF-8.</param>
    /// <param name="types">Account types by slot, for <see cref="AttributeService.TimPush"/> only: 0 user id, 1 registration id; fixed once set.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ChatException">The call failed in spite of its repeats.</exception>
    public Task SetAttributeNamesAsync(IReadOnlyDictionary<int, string> names, IReadOnlyDictionary<int, int>? types = null, CancellationToken cancellationToken = default) =>
        Names.SetAsync(names, types, cancellationToken);

    /// <summary>Proves host, app, admin and signature with one cheap call that changes nothing: account_check of the admin itself (page 34956).</summary>
    /// <remarks>Repeated for five seconds at most: whoever mistyped an address should not have to wait for that.</remarks>
    /// <exception cref="ChatException">The service cannot be reached, or refuses.</exception>
    public Task CheckAsync(CancellationToken cancellationToken = default)
    {
        RetryPolicy retry = Options.Retry.TotalTime < s_longestCheck ? Options.Retry : Options.Retry with { TotalTime = s_longestCheck };
        return new RetryLoop(_caller, retry, Options.Time).CallAsync(
            ChatEndpoints.AccountCheck, writer => RequestBodies.CheckItems(writer, [AdminUserId]), cancellationToken);
    }

    /// <summary>Makes a signature with the connection's key: for a client's login, or to check a key (page 34385).</summary>
    /// <param name="userId">Whom the signature is for.</param>
    /// <param name="lifetime">How long it is valid, from 1 second to 50 years; at least 24 hours are recommended (page 34348).</param>
    /// <param name="userBuf">What a TRTC room's rights are written in; empty for Chat.</param>
    /// <exception cref="ChatConfigurationException">The connection was given a signature and has no key.</exception>
    public string CreateUserSig(string userId, TimeSpan lifetime, ReadOnlySpan<byte> userBuf = default) =>
        Signature.Sign(userId, Options.Time.GetUtcNow(), lifetime, userBuf);

    /// <summary>Pushes one message to all users, or to those who meet a condition (pages 37166 and 67814). It is not repeated after an
    /// answer that leaves open whether it went out (P13): the result says so.</summary>
    /// <param name="message">What to say, at most 10 KB.</param>
    /// <param name="condition">Who gets it; null for everybody.</param>
    /// <param name="msgRandom">The number of an earlier, unclear push that this one repeats; null for a new push.</param>
    /// <param name="cancellationToken">Gives up; the push may have gone out.</param>
    /// <exception cref="ChatConfigurationException">The message or the condition breaks a rule; nothing was sent.</exception>
    public async Task<PushResult> PushAsync(PushMessage message, PushCondition? condition = null, uint? msgRandom = null, CancellationToken cancellationToken = default)
    {
        PushContent content = await CheckPushAsync(message, condition, cancellationToken).ConfigureAwait(false);
        return await PushCall.SendAsync(Calls, AttributeService, content, condition, msgRandom ?? PushToUsers.NewMsgRandom(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Withdraws a push of the last 24 hours; with <see cref="AttributeService.TimPush"/> only (page 60571).</summary>
    /// <param name="taskId">What the push is known by.</param>
    /// <param name="offline">What overwrites a notification that is shown already: <c>OfflinePushInfo</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ChatException">The push cannot be withdrawn, or the call failed in spite of its repeats.</exception>
    public Task RevokePushAsync(string taskId, JsonElement? offline = null, CancellationToken cancellationToken = default) =>
        IsTimPush ? RevokeCall.SendAsync(Calls, taskId, offline, cancellationToken)
            : throw new ChatConfigurationException("Push to all users cannot be withdrawn; only the Push service (TimPush) can.");

    /// <summary>Closes the connection and forgets its key.</summary>
    public void Dispose() => _caller.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"{AdminUserId}@{Options.SdkAppId} ({Host.Host})";

    /// <summary>Not public: the proxy's credentials are in it, and every public member can be printed (P9).</summary>
    internal ChatConnectionOptions Options { get; }

    internal bool IsTimPush => Options.AttributeService == AttributeService.TimPush;

    /// <summary>What a push is made of, after everything that can be checked without sending it.</summary>
    /// <exception cref="ChatConfigurationException">The message or the condition breaks a rule.</exception>
    internal async Task<PushContent> CheckPushAsync(PushMessage message, PushCondition? condition, CancellationToken cancellationToken)
    {
        PushContent content = PushRules.ContentOf(message, AttributeService);
        if (condition is not null)
        {
            PushRules.Check(condition, AttributeService);
            if (condition.HasAttributes)
            {
                AttributeNameTable names = await Names.GetAsync(TimeSpan.FromSeconds(30), cancellationToken).ConfigureAwait(false);

                // A name that is missing may have been given elsewhere since.
                names = PushRules.HasNames(condition, names) ? names : await Names.GetAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
                PushRules.CheckNames(condition, names);
            }
        }

        PushRules.CheckLength(content, condition);
        return content;
    }

    /// <summary>Makes calls on this connection, with their repeats.</summary>
    internal RetryLoop Calls { get; }

    /// <summary>Tags that were read or sent on this connection.</summary>
    internal TagsSeen TagsSeen { get; } = new();

    /// <summary>The app's attribute names.</summary>
    internal AttributeNameSource Names { get; }

    /// <summary>Signs for the admin.</summary>
    internal UserSigSource Signature { get; }

    // A redirect could carry the signature to another host, so none is followed (P9).
    private static SocketsHttpHandler CreateHandler(ChatConnectionOptions options, ProxyRoute route)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),

            // Shorter than the whole call may take, so that a host that does not answer at all is known for what it is:
            // nothing was sent.
            ConnectTimeout = options.Timeout * 0.75,
            ActivityHeadersPropagator = null,
        };
        route.ApplyTo(handler);
        if (options.TrustedRoot is { } root)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { root }, RevocationMode = X509RevocationMode.NoCheck };
        }

        return handler;
    }
}
