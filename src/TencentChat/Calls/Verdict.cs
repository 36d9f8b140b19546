using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Calls;

/// <summary>
/// What an answer means, or that there was none: for a whole call, or for one account that an answer names or leaves out.
/// All of that is decided here, from the flags of the error and from whether other calls of the connection have passed.
/// </summary>
internal sealed class Verdict
{
    private Verdict(Ruling ruling, ChatError? error, string? info)
    {
        Ruling = ruling;
        Error = error;
        Info = info;
    }

    public static Verdict Done { get; } = new(Ruling.Done, null, null);

    public Ruling Ruling { get; }

    /// <summary>What went wrong; null only when the ruling is <see cref="Ruling.Done"/>.</summary>
    public ChatError? Error { get; }

    /// <summary>The service's own words, or those of the exception.</summary>
    public string? Info { get; }

    /// <summary>How long to wait at least before a repeat, when that was said.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Whether other calls of the connection have passed; told only of a call that got no answer.</summary>
    public bool OthersPass { get; private init; }

    /// <summary>Nothing was sent, so a repeat costs nobody anything.</summary>
    public bool IsUnsent => Error == ClientErrors.ConnectionFailed;

    /// <summary>A whole answer. Its accounts may have errors of their own.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="othersPass">Whether other calls of the connection have passed.</param>
    public static Verdict Of(ChatReply reply, bool othersPass) =>
        reply.ErrorCode == 0 ? Done : Of(ServiceErrors.Find(reply.ErrorCode), reply.ErrorInfo, othersPass);

    /// <summary>What an answer says of one account.</summary>
    /// <param name="item">The account's place in the answer; null when it has none.</param>
    /// <param name="silence">What that means for the command; null when it means success.</param>
    public static Verdict Of(ReplyItem? item, ChatError? silence) =>
        item is null ? Of(silence, null, othersPass: true)
        : item.IsRefused ? Of(ClientErrors.ImportRefused, null, othersPass: true)
        : item.Code == 0 ? Done
        : Of(ServiceErrors.Find(item.Code), item.Info, othersPass: true);

    /// <summary>No usable answer came.</summary>
    /// <param name="fault">What happened.</param>
    /// <param name="othersPass">Whether other calls of the connection have passed: then the way is open, and what refuses one call is
    /// about that call, or passes.</param>
    public static Verdict Of(ChatTransportException fault, bool othersPass)
    {
        ChatError error = fault.Fault switch
        {
            TransportFault.Unreachable => ClientErrors.ConnectionFailed,
            TransportFault.Refused => othersPass ? ClientErrors.ConnectionFailed : ClientErrors.ConnectionRefused,
            TransportFault.RequestRefused => othersPass ? ClientErrors.RequestBlocked : ClientErrors.ConnectionRefused,
            TransportFault.Throttled => ClientErrors.Throttled,
            _ => ClientErrors.NoAnswer,
        };
        return new(RulingOf(error, othersPass), error, fault.Message) { RetryAfter = fault.RetryAfter, OthersPass = othersPass };
    }

    /// <summary>An answer came that is not one of the service.</summary>
    public static Verdict Of(ChatProtocolException fault) => Of(ClientErrors.MalformedReply, fault.Message, othersPass: true);

    /// <summary>
    /// An answer names accounts that the call did not name, and says that they failed: then it cannot be believed of those that
    /// it does not name. The same call would get the same answer; a smaller one tells whom it is about.
    /// </summary>
    public static Verdict OfStranger(string userId) => new(Ruling.Split, ClientErrors.MalformedReply, $"it says that '{userId}' failed, which was not asked for");

    /// <summary>The same, with the error as it is told.</summary>
    public Verdict With(ChatError error) => new(Ruling, error, Info) { RetryAfter = RetryAfter, OthersPass = OthersPass };

    /// <summary>The exception for a call that stands for itself, outside a bulk run.</summary>
    public ChatServiceException ToException() => new(Error!, Info);

    private static Verdict Of(ChatError? error, string? info, bool othersPass) => error is null ? Done : new(RulingOf(error, othersPass), error, info);

    private static Ruling RulingOf(ChatError error, bool othersPass) =>
        error.IsTransient ? Ruling.Repeat
        : error.EndsRun && !(error.IsRequestContent && othersPass) ? Ruling.EndRun
        : error.IsRequestContent ? Ruling.Split
        : Ruling.Refuse;
}
