using System.Runtime.CompilerServices;
using System.Text.Json;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Calls;

/// <summary>Makes a call and repeats it as long as that may help and the policy allows (P6).</summary>
internal sealed class RetryLoop(ChatCaller caller, RetryPolicy policy, TimeProvider time)
{
    public TimeProvider Time => time;

    public bool IsClosed => caller.IsClosed;

    /// <summary>Whether anything is repeated at all.</summary>
    public bool IsRepeating => policy.MaxRetry > 0;

    /// <summary>Makes the budget of a call that is to be repeated less often than others.</summary>
    public RetryBudget NewBudget(int maxRetry) => new(policy with { MaxRetry = maxRetry }, time);

    /// <summary>Drives one call to its end.</summary>
    /// <param name="call">The call.</param>
    /// <param name="mayStart">Cancelled when no further try may start.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the answer any more.</param>
    /// <returns>What it came to. <see cref="Ruling.Repeat"/>: the repeats are used up.</returns>
    /// <exception cref="ObjectDisposedException">The connection was closed before a try could start.</exception>
    public async Task<Verdict> RunAsync(RepeatedCall call, CancellationToken mayStart, CancellationToken cancellationToken)
    {
        while (true)
        {
            StartedCall started = await caller.StartAsync(call.Endpoint, mayStart, cancellationToken).ConfigureAwait(false);

            // From the first try's start on: waiting for the rate limiter takes nothing from it.
            call.Budget ??= new RetryBudget(policy, time);
            call.OnStart(started);
            CallOutcome outcome = await caller.PostAsync(started, call, cancellationToken).ConfigureAwait(false);
            if (IsWorthOneRepeat(call, outcome, out TimeSpan wait))
            {
                await Task.Delay(wait, time, mayStart).ConfigureAwait(false);
                continue;
            }

            Verdict verdict = outcome.Verdict;
            if (outcome.Reply is { } reply)
            {
                verdict = call.OnReply(reply);
            }
            else
            {
                call.OnFailure(verdict);
            }

            if (verdict.Ruling != Ruling.Repeat || !call.CanRepeatAfter(verdict.Error!) || !call.Budget.TryTake(verdict, out wait))
            {
                return verdict;
            }

            await Task.Delay(wait, time, mayStart).ConfigureAwait(false);
        }
    }

    // What would be refused for good, but for one doubt: a signature that can be renewed, or whose check may have failed for
    // another reason; a gateway that refuses a request which cannot be made smaller.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsWorthOneRepeat(RepeatedCall call, CallOutcome outcome, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (outcome.Reply is not null || outcome.Verdict.Error is not { } error || !call.CanRepeatAfter(error))
        {
            return false;
        }

        bool mayPassUnchanged = error.IsWorthOneRepeat && !call.Budget!.IsEmpty;
        if ((outcome.IsSignatureRenewed || mayPassUnchanged) && !call.HasRepeatedForSignature)
        {
            call.HasRepeatedForSignature = true;
            wait = outcome.IsSignatureRenewed ? TimeSpan.Zero : call.Budget!.NextWait();
            return true;
        }

        if (error == ClientErrors.RequestBlocked && !call.CanSplit && !call.HasRepeatedBlocked && !call.Budget!.IsEmpty)
        {
            call.HasRepeatedBlocked = true;
            wait = call.Budget.NextWait();
            return true;
        }

        return false;
    }

    /// <summary>Makes a call that stands for itself.</summary>
    /// <exception cref="ChatServiceException">The call failed in spite of its repeats.</exception>
    /// <exception cref="ObjectDisposedException">The connection was closed.</exception>
    public async Task<ChatReply> CallAsync(ChatEndpoint endpoint, Action<Utf8JsonWriter> writeBody, CancellationToken cancellationToken)
    {
        var call = new SingleCall(endpoint, writeBody);
        Verdict verdict = await RunAsync(call, cancellationToken, cancellationToken).ConfigureAwait(false);
        return verdict.Ruling == Ruling.Done ? call.Reply! : throw verdict.ToException();
    }

    private sealed class SingleCall(ChatEndpoint endpoint, Action<Utf8JsonWriter> writeBody) : RepeatedCall
    {
        public override ChatEndpoint Endpoint => endpoint;

        public ChatReply? Reply { get; private set; }

        public override void WriteBody(Utf8JsonWriter writer) => writeBody(writer);

        public override Verdict OnReply(ChatReply reply)
        {
            Reply = reply;
            return Verdict.Done;
        }
    }
}
