using TencentChat.Bulk;
using TencentChat.Errors;

namespace TencentChat.Operations.Push;

/// <summary>What became of one push to all users or to those who meet a condition.</summary>
public sealed class PushResult
{
    internal PushResult(string audience, uint msgRandom)
    {
        Audience = audience;
        MsgRandom = msgRandom;
    }

    /// <summary>What the push is known by; null when it was not accepted, or when no answer told.</summary>
    public string? TaskId { get; internal init; }

    /// <summary>What became of the push. <see cref="ChatResultStatus.Unknown"/>: it may have gone out.</summary>
    public ChatResultStatus Status { get; internal init; }

    /// <summary>Whom the push was for, in words.</summary>
    public string Audience { get; }

    /// <summary>The number by which the service knows a repeated push: the same number within its window is the same push.</summary>
    public uint MsgRandom { get; }

    /// <summary>The stable word for the failure; null when there was none.</summary>
    public string? ErrorId => Error?.ErrorId;

    /// <summary>The service's code for the failure; 0 when there was none or it did not come from the service.</summary>
    public int ErrorCode => Error?.Code ?? 0;

    /// <summary>What happened and what to do about it; null when there is nothing to say.</summary>
    public string? Message { get; internal init; }

    /// <summary>How many calls carried the push.</summary>
    public int Attempts { get; internal init; }

    /// <summary>The error behind <see cref="ErrorId"/>.</summary>
    internal ChatError? Error { get; init; }
}
