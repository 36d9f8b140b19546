namespace TencentChat.Errors;

/// <summary>The call did not reach the service, or its answer did not come back.</summary>
public sealed class ChatTransportException : ChatException
{
    /// <summary>Makes the error of one failed exchange.</summary>
    /// <param name="message">What happened, without the request's address, which carries the signature.</param>
    /// <param name="requestMayHaveArrived">False only when the request surely did not reach the service.</param>
    /// <param name="innerException">The network's own error.</param>
    /// <param name="isHopeless">Every further call would fail the same way.</param>
    public ChatTransportException(string message, bool requestMayHaveArrived, Exception? innerException = null, bool isHopeless = false)
        : base(message, innerException)
    {
        RequestMayHaveArrived = requestMayHaveArrived;
        IsHopeless = isHopeless;
    }

    /// <summary>Every further call would fail the same way: a redirect, a certificate that is not trusted, a proxy's refusal.</summary>
    public bool IsHopeless { get; }

    /// <summary>The service may have got the request and done the work.</summary>
    public bool RequestMayHaveArrived { get; }
}
