namespace TencentChat.Errors;

/// <summary>The call did not reach the service, or its answer did not come back.</summary>
/// <param name="fault">What became of the call.</param>
/// <param name="message">What happened, without the request's address, which carries the signature.</param>
/// <param name="innerException">The network's own error.</param>
internal sealed class ChatTransportException(TransportFault fault, string message, Exception? innerException = null) : ChatException(message, innerException)
{
    /// <summary>What became of the call.</summary>
    public TransportFault Fault => fault;

    /// <summary>How long to wait before the next try, when that was said.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
