using TencentChat.Errors;
using TencentChat.Protocol;
using TencentChat.RateLimiting;

namespace TencentChat.Calls;

/// <summary>A call that its rate limiter lets start and that is signed; what is left is to post it, at once.</summary>
/// <param name="endpoint">The command.</param>
/// <param name="userSig">The signature.</param>
/// <param name="secrets">What no text about the call may show.</param>
/// <param name="limiter">The endpoint's rate limiter.</param>
/// <param name="call">What it calls the call.</param>
internal sealed class StartedCall(ChatEndpoint endpoint, string userSig, SecretMask secrets, RateLimiter limiter, LimitedCall call)
{
    public ChatEndpoint Endpoint => endpoint;

    public string UserSig => userSig;

    public SecretMask Secrets => secrets;

    /// <summary>The endpoint's rate limiter.</summary>
    public RateLimiter Limiter => limiter;

    /// <summary>The calls a second that were allowed when it started.</summary>
    public double Rate => call.Rate;

    /// <summary>Whether throttled calls held that rate below the limit.</summary>
    public bool IsHeld => call.IsHeld;

    /// <summary>Seconds that it started later because calls had been throttled.</summary>
    public double TimeLost => call.TimeLost;

    /// <summary>Tells the rate limiter what became of the call.</summary>
    public void End(CallEnd end) => limiter.End(call, end);
}
