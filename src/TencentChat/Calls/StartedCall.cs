using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Calls;

/// <summary>A call that the pace lets start and that is signed; what is left is to post it, at once.</summary>
/// <param name="endpoint">The command.</param>
/// <param name="userSig">The signature.</param>
/// <param name="secrets">What no text about the call may show.</param>
/// <param name="pacer">The endpoint's pace.</param>
internal readonly struct StartedCall(ChatEndpoint endpoint, string userSig, SecretMask secrets, Pacer pacer)
{
    public ChatEndpoint Endpoint => endpoint;

    public string UserSig => userSig;

    public SecretMask Secrets => secrets;

    public Pacer Pacer => pacer;

    /// <summary>When the pace let it start.</summary>
    public double StartedAt { get; } = pacer.Now;
}
