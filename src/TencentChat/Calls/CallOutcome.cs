using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Calls;

/// <summary>What one try of a call came to: an answer that may be used, or an error that is known by class.</summary>
internal sealed class CallOutcome
{
    private CallOutcome(ChatReply? reply, ServiceError? error, string? info)
    {
        Reply = reply;
        Error = error;
        Info = info;
    }

    /// <summary>The answer, when the service said OK.</summary>
    public ChatReply? Reply { get; }

    /// <summary>Why there is no usable answer; null when there is one.</summary>
    public ServiceError? Error { get; }

    /// <summary>The service's own words, or those of the exception.</summary>
    public string? Info { get; }

    public static CallOutcome From(ChatReply reply) =>
        reply.ErrorCode == 0 ? new(reply, null, null) : new(null, ServiceErrors.Find(reply.ErrorCode), reply.ErrorInfo);

    public static CallOutcome From(ChatTransportException fault) => new(null, ClientErrors.For(fault), fault.Message);

    public static CallOutcome From(ChatProtocolException fault) => new(null, ClientErrors.MalformedReply, fault.Message);

    /// <summary>The signature was refused, and a new one has been made: the call is worth one repeat.</summary>
    public bool IsSignatureRenewed { get; set; }

    /// <summary>The exception for a call that stands for itself, outside a bulk run.</summary>
    public ChatServiceException ToException() => new(Error!, Info);
}
