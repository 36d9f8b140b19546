using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Calls;

/// <summary>
/// What an answer means, or that there was none: for a whole call, or for one account that an answer names or leaves out.
/// All of that is decided here, from the flags of the error.
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

    /// <summary>A whole answer. Its accounts may have errors of their own.</summary>
    public static Verdict Of(ChatReply reply) => reply.ErrorCode == 0 ? Done : Of(ServiceErrors.Find(reply.ErrorCode), reply.ErrorInfo);

    /// <summary>What an answer says of one account.</summary>
    /// <param name="item">The account's place in the answer; null when it has none.</param>
    /// <param name="silence">What that means for the command; null when it means success.</param>
    public static Verdict Of(ReplyItem? item, ChatError? silence) =>
        item is null ? Of(silence, null)
        : item.IsRefused ? Of(ClientErrors.ImportRefused, null)
        : item.Code == 0 ? Done
        : Of(ServiceErrors.Find(item.Code), item.Info);

    /// <summary>No usable answer came.</summary>
    public static Verdict Of(ChatTransportException fault) => Of(
        fault.EndsRun ? ClientErrors.ConnectionRefused : fault.RequestMayHaveArrived ? ClientErrors.NoAnswer : ClientErrors.ConnectionFailed,
        fault.Message);

    /// <summary>An answer came that is not one of the service.</summary>
    public static Verdict Of(ChatProtocolException fault) => Of(ClientErrors.MalformedReply, fault.Message);

    /// <summary>The exception for a call that stands for itself, outside a bulk run.</summary>
    public ChatServiceException ToException() => new(Error!, Info);

    private static Verdict Of(ChatError? error, string? info) => error is null ? Done : new(
        error.IsTransient ? Ruling.Repeat
        : error.EndsRun ? Ruling.EndRun
        : error.IsRequestContent ? Ruling.Split
        : Ruling.Refuse,
        error,
        info);
}
