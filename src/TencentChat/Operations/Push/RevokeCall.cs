using System.Text.Json;
using TencentChat.Calls;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Operations.Push;

/// <summary>Withdraws one push (page 60571). "Withdrawn before" after an unclear try means that the try has done it (P6).</summary>
internal sealed class RevokeCall(string taskId, JsonElement? offline) : RepeatedCall
{
    private const int WithdrawnBefore = 90050;

    private bool _isUnclear;

    public override ChatEndpoint Endpoint => ChatEndpoints.TimPushRevoke;

    /// <exception cref="ChatServiceException">The push cannot be withdrawn, or the call failed in spite of its repeats.</exception>
    public static async Task SendAsync(RetryLoop calls, string taskId, JsonElement? offline, CancellationToken cancellationToken)
    {
        var call = new RevokeCall(taskId, offline);
        Verdict verdict = await calls.RunAsync(call, cancellationToken, cancellationToken).ConfigureAwait(false);
        if (verdict.Ruling != Ruling.Done && !(call._isUnclear && verdict.Error!.Code == WithdrawnBefore))
        {
            throw verdict.ToException();
        }
    }

    public override void WriteBody(Utf8JsonWriter writer) => PushBodies.Revoke(writer, taskId, offline);

    public override Verdict OnReply(ChatReply reply) => Verdict.Done;

    public override void OnFailure(Verdict verdict) => _isUnclear |= verdict.Error!.IsEffectUnclear;
}
