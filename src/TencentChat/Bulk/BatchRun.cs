using System.Text.Json;
using TencentChat.Calls;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Bulk;

/// <summary>
/// Sends a batch's accounts through a step until each is settled: repeats what may be repeated (P6), halves what is
/// refused for its content (P2), matches answers to accounts by name.
/// </summary>
internal sealed class BatchRun(Batch batch, List<AccountWork> works, ChatCaller caller, RetryPolicy retry, TimeProvider time, RunControl control)
{
    /// <summary>The batch's accounts.</summary>
    public List<AccountWork> Works => works;

    public CancellationToken Cancelled => control.Cancelled;

    public async Task SendAsync(AccountStep step, List<AccountWork> accounts)
    {
        step.ApplyLessons(accounts);
        var attempt = new Attempt(step, accounts.FindAll(work => !work.IsSettled));
        while (attempt.Pending.Count > 0)
        {
            try
            {
                CallOutcome outcome = await caller.TryAsync(step.Endpoint, writer => WriteBody(writer, attempt), control.MayStart, control.Cancelled).ConfigureAwait(false);
                attempt.Wait = TimeSpan.Zero;
                if (outcome.Reply is { } reply)
                {
                    foreach (AccountWork work in TakeReply(attempt, reply))
                    {
                        await SendRowsApartAsync(step, work).ConfigureAwait(false);
                    }
                }
                else if (TakeError(attempt, outcome))
                {
                    await NarrowDownAsync(attempt, outcome.Error!, outcome.Info).ConfigureAwait(false);
                }

                if (attempt.Wait > TimeSpan.Zero)
                {
                    await Task.Delay(attempt.Wait, time, control.MayStart).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (!control.Cancelled.IsCancellationRequested)
            {
                EndAfterStop(attempt);
            }
        }
    }

    // Called when the pace lets the call start, so that what never started is not counted.
    private void WriteBody(Utf8JsonWriter writer, Attempt attempt)
    {
        if (attempt.Budget is null)
        {
            attempt.Budget = new RetryBudget(retry, time);
        }
        else
        {
            control.CountRepeat();
        }

        batch.CountCall();
        foreach (AccountWork work in attempt.Pending)
        {
            work.Attempts++;
        }

        attempt.Step.WriteBody(writer, attempt.Pending);
    }

    /// <returns>The accounts whose merged rows are to be sent one by one.</returns>
    private List<AccountWork> TakeReply(Attempt attempt, ChatReply reply)
    {
        (ServiceError Error, string? Info)? toRepeat = null;
        var again = new List<AccountWork>();
        List<AccountWork> apart = [];
        var answers = new ReplyIndex(reply);
        foreach (AccountWork work in attempt.Pending)
        {
            (ServiceError? error, string? info) = Judge(attempt.Step, work, answers);
            if (error is null)
            {
                continue;
            }

            work.IsUnclear |= error.IsEffectUnclear;
            if (error.MayPass)
            {
                toRepeat = (error, info);
                again.Add(work);
            }
            else if (attempt.Step.IsDoneAlready(work, error))
            {
                work.SucceedAfter("Done by an earlier try whose answer was lost.");
            }
            else if (error.IsContent && MayComeApart(attempt.Step, work))
            {
                apart.Add(work);
            }
            else
            {
                Refuse(work, error, info);
            }
        }

        if (again.Count < attempt.Pending.Count)
        {
            control.CountAnswer();
        }

        attempt.Pending = again;
        if (toRepeat is var (lastError, lastInfo))
        {
            Repeat(attempt, lastError, lastInfo);
        }

        return apart;
    }

    private static (ServiceError? Error, string? Info) Judge(AccountStep step, AccountWork work, ReplyIndex answers)
    {
        ReplyItem? item = answers.Find(work.UserId);
        if (item is null)
        {
            ServiceError? silence = step.JudgeSilence(work);
            if (silence is null)
            {
                step.OnDone(work);
            }

            return (silence, null);
        }

        if (item.IsRefused)
        {
            return (ClientErrors.ImportRefused, null);
        }

        if (item.Code != 0)
        {
            return (ServiceErrors.Find(item.Code), item.Info);
        }

        step.OnItem(work, item);
        return (null, null);
    }

    /// <returns>True when the call was refused for its content, and the culprit is still to be found.</returns>
    private bool TakeError(Attempt attempt, CallOutcome outcome)
    {
        (ServiceError error, string? info) = (outcome.Error!, outcome.Info);
        if (error.Class == ErrorClass.Throttle)
        {
            control.CountThrottled();
        }

        if (outcome.IsSignatureRenewed && !attempt.HasRenewedSignature)
        {
            attempt.HasRenewedSignature = true;
            return false;
        }

        if (error.IsEffectUnclear)
        {
            attempt.Pending.ForEach(work => work.IsUnclear = true);
        }

        if (error.MayPass)
        {
            Repeat(attempt, error, info);
        }
        else if (!error.IsContent)
        {
            attempt.Pending.ForEach(work => Refuse(work, error, info));
            attempt.Pending = [];
        }

        return error.IsContent && !error.MayPass;
    }

    // One bad row makes the service refuse the whole call: find it with as few calls as can be.
    private async ValueTask NarrowDownAsync(Attempt attempt, ServiceError error, string? info)
    {
        control.CountAnswer();
        List<AccountWork> suspects = attempt.Pending;
        if (await attempt.Step.LearnAsync(suspects, error, info, control.MayStart).ConfigureAwait(false))
        {
            attempt.Pending = suspects.FindAll(work => !work.IsSettled);
            return;
        }

        attempt.Pending = [];
        if (suspects.Count > 1)
        {
            int half = suspects.Count / 2;
            await SendAsync(attempt.Step, suspects[..half]).ConfigureAwait(false);
            await SendAsync(attempt.Step, suspects[half..]).ConfigureAwait(false);
        }
        else if (attempt.Step.IsDoneAlready(suspects[0], error))
        {
            suspects[0].SucceedAfter("Done by an earlier try whose answer was lost.");
        }
        else if (MayComeApart(attempt.Step, suspects[0]))
        {
            await SendRowsApartAsync(attempt.Step, suspects[0]).ConfigureAwait(false);
        }
        else
        {
            Refuse(suspects[0], error, info);
        }
    }

    // Rows for one account were merged, and one of them may be bad: in their order, each by itself.
    private async ValueTask SendRowsApartAsync(AccountStep step, AccountWork work)
    {
        foreach (ChatResult row in work.Rows)
        {
            await SendAsync(step, [new AccountWork(row) { Attempts = work.Attempts, IsUnclear = work.IsUnclear }]).ConfigureAwait(false);
        }
    }

    private static bool MayComeApart(AccountStep step, AccountWork work) => step.MayPartRows && work.Rows.Count > 1 && work.Row.Names.Length > 0;

    // What is still pending is tried again after a while, or given up.
    private void Repeat(Attempt attempt, ServiceError error, string? info)
    {
        attempt.LastError = (error, info);
        if (attempt.Budget!.TryTake(error.Class, out TimeSpan wait))
        {
            attempt.Wait = wait;
            return;
        }

        attempt.Pending.ForEach(work => work.GiveUp(error, info));
        attempt.Pending = [];
        control.CountExhausted(error, info);
    }

    // What is wrong with a row was wrong in an earlier try as well; any other refusal says nothing of what that try has done.
    private void Refuse(AccountWork work, ServiceError error, string? info)
    {
        if (error.IsContent || error.Class == ErrorClass.NotFound)
        {
            work.Fail(error, info);
        }
        else
        {
            work.GiveUp(error, info);
        }

        if (error.IsHopeless)
        {
            control.Stop(error, info);
        }
    }

    private void EndAfterStop(Attempt attempt)
    {
        foreach (AccountWork work in attempt.Pending)
        {
            if (work.Attempts > 0)
            {
                (ServiceError error, string? info) = attempt.LastError ?? (control.Reason!.Error, control.Reason.Info);
                work.GiveUp(error, info);
            }
            else
            {
                work.Skip($"Not sent: the run had ended ({control.Reason!.Error.ErrorId}).");
            }
        }

        attempt.Pending = [];
    }

    private sealed class Attempt(AccountStep step, List<AccountWork> pending)
    {
        public AccountStep Step => step;

        /// <summary>Runs from the first try's start on: waiting for the pace takes nothing from it. Null before.</summary>
        public RetryBudget? Budget { get; set; }

        public List<AccountWork> Pending { get; set; } = pending;

        /// <summary>How long to wait before what is pending is tried again.</summary>
        public TimeSpan Wait { get; set; }

        public bool HasRenewedSignature { get; set; }

        public (ServiceError Error, string? Info)? LastError { get; set; }
    }
}
