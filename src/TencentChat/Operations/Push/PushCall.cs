using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Calls;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Operations.Push;

/// <summary>
/// One push to all users or to those who meet a condition (pages 37166 and 67814). It is repeated only after an answer that
/// says it was not done, or when it surely never arrived (P13).
/// </summary>
internal sealed class PushCall(AttributeService service, PushContent content, PushCondition? condition, uint msgRandom) : RepeatedCall
{
    private const string HowToGoOn =
        "The push may have gone out, so it was not repeated. To send it again as the same push, use the same MsgRandom: the service's pages say that it knows one for 1 second, or for 7 days.";

    private int _attempts;
    private bool _isUnclear;
    private ChatReply? _reply;

    public override ChatEndpoint Endpoint => service == AttributeService.TimPush ? ChatEndpoints.TimPushPush : ChatEndpoints.ImPush;

    /// <summary>Sends the push.</summary>
    public static async Task<PushResult> SendAsync(
        RetryLoop calls, AttributeService service, PushContent content, PushCondition? condition, uint msgRandom, CancellationToken cancellationToken)
    {
        var call = new PushCall(service, content, condition, msgRandom);
        Verdict verdict = await calls.RunAsync(call, cancellationToken, cancellationToken).ConfigureAwait(false);
        return call.ResultOf(verdict);
    }

    public override void OnStart(StartedCall started) => _attempts++;

    public override void WriteBody(Utf8JsonWriter writer) => PushBodies.Push(writer, content, msgRandom, condition);

    public override Verdict OnReply(ChatReply reply)
    {
        _reply = reply;
        return Verdict.Done;
    }

    public override void OnFailure(Verdict verdict)
    {
        _isUnclear |= verdict.Error!.MayHaveBeenDone;

        // What could not be sent has not been tried.
        _attempts -= verdict.IsUnsent ? 1 : 0;
    }

    public override bool CanRepeatAfter(ChatError error) => !error.MayHaveBeenDone;

    private PushResult ResultOf(Verdict verdict)
    {
        string audience = condition?.ToString() ?? "all users";
        if (verdict.Ruling == Ruling.Done)
        {
            return new PushResult(audience, msgRandom)
            {
                Status = ChatResultStatus.Succeeded,
                TaskId = _reply!.TaskId,
                Message = _reply.TaskId is null ? "The answer has no task id, so the push cannot be withdrawn." : null,
                Attempts = _attempts,
            };
        }

        return new PushResult(audience, msgRandom)
        {
            Status = _isUnclear ? ChatResultStatus.Unknown : ChatResultStatus.Failed,
            Attempts = _attempts,
            Error = _isUnclear ? verdict.Error! with { Advice = "Find out whether the push arrived before it is sent again." } : verdict.Error,
            Message = verdict.Error!.Describe(verdict.Info) + (_isUnclear ? " " + HowToGoOn : string.Empty),
        };
    }
}
