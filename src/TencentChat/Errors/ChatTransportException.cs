namespace TencentChat.Errors;

/// <summary>The call did not reach the service, or its answer did not come back.</summary>
/// <param name="message">What happened, without the request's address, which carries the signature.</param>
/// <param name="requestMayHaveArrived">False only when the request surely did not reach the service.</param>
/// <param name="innerException">The network's own error.</param>
/// <param name="endsRun">Every further call would fail the same way.</param>
internal sealed class ChatTransportException(string message, bool requestMayHaveArrived, Exception? innerException = null, bool endsRun = false)
    : ChatException(message, innerException)
{
    /// <summary>Every further call would fail the same way: a redirect, a certificate that is not trusted, a proxy's refusal.</summary>
    public bool EndsRun => endsRun;

    /// <summary>The service may have got the request and done the work.</summary>
    public bool RequestMayHaveArrived => requestMayHaveArrived;
}
