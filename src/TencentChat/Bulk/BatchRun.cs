using TencentChat.Calls;
using TencentChat.Errors;

namespace TencentChat.Bulk;

/// <summary>
/// Sends a batch's accounts until each is settled: repeats what may be repeated (P6), halves what is refused for its
/// content (P2), and what the service chokes on.
/// </summary>
internal sealed class BatchRun<TRow>(Batch<TRow> batch, List<AccountWork<TRow>> accounts, RetryLoop calls, RunControl control)
    where TRow : ChatResult, IBulkRow<TRow>
{
    // So many smaller calls in a row without an answer, or so long without one, say that it is not a row's fault. Halves,
    // quarters and eighths are that many: with up to seven bad rows one of them is answered.
    private const int FailuresThatEndASearch = 14;
    private static readonly TimeSpan s_silenceThatEndsASearch = TimeSpan.FromSeconds(30);

    /// <summary>The batch's accounts.</summary>
    public List<AccountWork<TRow>> Accounts => accounts;

    /// <summary>Sends those of the accounts that are not settled yet.</summary>
    public Task SendAsync(AccountCall<TRow> call, List<AccountWork<TRow>> some) =>
        control.IsEveryRowRefused ? SendAloneAsync(call, some) : SendTogetherAsync(call, some);

    // Where every row is refused, to look for the bad ones by halves costs twice as many calls as there are rows.
    private async Task SendAloneAsync(AccountCall<TRow> call, List<AccountWork<TRow>> some)
    {
        int alone = 0;
        while (control.IsEveryRowRefused && alone < some.Count)
        {
            await SendTogetherAsync(call, [some[alone++]]).ConfigureAwait(false);
        }

        await SendTogetherAsync(call, some[alone..]).ConfigureAwait(false);
    }

    private async Task SendTogetherAsync(AccountCall<TRow> call, List<AccountWork<TRow>> some)
    {
        call.ApplyLessons(some);
        var sending = new Sending<TRow>(call, some.FindAll(account => !account.IsSettled), batch, control);
        while (sending.IsUnfinished)
        {
            try
            {
                Verdict verdict = sending.Pending.Count == 0
                    ? Verdict.Done
                    : await calls.RunAsync(sending, control.MayStart, control.Cancelled).ConfigureAwait(false);
                if (verdict.Ruling is Ruling.Split or Ruling.Repeat)
                {
                    await GoOnAsync(call, sending, verdict).ConfigureAwait(false);
                }

                if (sending.HasRowsApart)
                {
                    await SendRowsApartAsync(call, sending).ConfigureAwait(false);
                }
            }
            catch (ObjectDisposedException) when (calls.IsClosed)
            {
                control.Stop(ClientErrors.ConnectionClosed, null);
                sending.EndWithRun();
            }
            catch (OperationCanceledException) when (!control.Cancelled.IsCancellationRequested)
            {
                sending.EndWithRun();
            }
        }
    }

    private async Task GoOnAsync(AccountCall<TRow> call, Sending<TRow> sending, Verdict verdict)
    {
        if (verdict.Ruling == Ruling.Split)
        {
            await NarrowDownAsync(call, sending, verdict).ConfigureAwait(false);
        }
        else if (call.IsRepeatable && calls.IsRepeating && sending.IsWorthASearch)
        {
            await SearchAsync(call, sending, verdict).ConfigureAwait(false);
        }
        else
        {
            control.CountExhausted(verdict, sending.IsOutage);
            sending.GiveUp(verdict);
        }
    }

    // One bad row makes the service refuse the whole call: find it with as few calls as can be.
    private async ValueTask NarrowDownAsync(AccountCall<TRow> call, Sending<TRow> sending, Verdict verdict)
    {
        control.CountAnswer();
        List<AccountWork<TRow>> suspects = sending.Pending;
        if (await call.LearnAsync(suspects, verdict.Error!, control.MayStart).ConfigureAwait(false))
        {
            sending.Pending = suspects.FindAll(account => !account.IsSettled);
            return;
        }

        sending.Pending = [];
        if (suspects.Count > 1)
        {
            foreach (List<AccountWork<TRow>> half in Halves(suspects))
            {
                await SendTogetherAsync(call, half).ConfigureAwait(false);
            }
        }
        else
        {
            sending.TakeRefusal(suspects[0], verdict);
        }
    }

    // The service, or something on the way, may choke on one row, and no repeat of the whole call would help its neighbours.
    // Smaller calls, one try each, find it as long as any of them is answered; else the service is down.
    private async ValueTask SearchAsync(AccountCall<TRow> call, Sending<TRow> sending, Verdict verdict)
    {
        control.CountExhausted(verdict, sending.IsOutage);
        var groups = new Queue<List<AccountWork<TRow>>>(Halves(sending.Pending));
        var unanswered = new HashSet<AccountWork<TRow>>();
        int failures = 0;
        long lastAnswer = calls.Time.GetTimestamp();
        while (failures < FailuresThatEndASearch && calls.Time.GetElapsedTime(lastAnswer) < s_silenceThatEndsASearch && groups.TryDequeue(out List<AccountWork<TRow>>? group))
        {
            if (await TryOnceAsync(call, group).ConfigureAwait(false))
            {
                failures = 0;
                lastAnswer = calls.Time.GetTimestamp();
                continue;
            }

            failures++;
            if (group.Count == 1)
            {
                unanswered.Add(group[0]);
            }

            foreach (List<AccountWork<TRow>> half in Halves(group))
            {
                groups.Enqueue(half);
            }
        }

        // An account whose call was answered is not always settled by it: another call may follow.
        unanswered.UnionWith(groups.SelectMany(group => group));
        sending.Pending = sending.Pending.FindAll(unanswered.Contains);
        sending.GiveUp(verdict);
    }

    private static IEnumerable<List<AccountWork<TRow>>> Halves(List<AccountWork<TRow>> group) =>
        group.Count < 2 ? [] : [group[..(group.Count / 2)], group[(group.Count / 2)..]];

    /// <returns>False when no answer came that can be used. Else the accounts are settled, or will not be tried again.</returns>
    private async ValueTask<bool> TryOnceAsync(AccountCall<TRow> call, List<AccountWork<TRow>> some)
    {
        var sending = new Sending<TRow>(call, some, batch, control) { Budget = calls.NewBudget(maxRetry: 0) };
        Verdict verdict = await calls.RunAsync(sending, control.MayStart, control.Cancelled).ConfigureAwait(false);
        if (verdict.Ruling == Ruling.Repeat && (sending.IsWhollyUnclear || verdict.IsUnsent))
        {
            return false;
        }

        if (verdict.Ruling == Ruling.Split)
        {
            await NarrowDownAsync(call, sending, verdict).ConfigureAwait(false);
        }

        // Throttled, or some accounts are to be sent again: the service is there.
        await SendTogetherAsync(call, sending.Pending).ConfigureAwait(false);
        await SendRowsApartAsync(call, sending).ConfigureAwait(false);
        return true;
    }

    // Rows for one account were merged, and one of them may be bad: in their order, each by itself.
    private async ValueTask SendRowsApartAsync(AccountCall<TRow> call, Sending<TRow> sending)
    {
        foreach (AccountWork<TRow> account in sending.TakeApart())
        {
            foreach (TRow row in account.Rows.ToArray())
            {
                await SendTogetherAsync(call, [new AccountWork<TRow>(row) { Attempts = account.Attempts, IsUnclear = account.IsUnclear }]).ConfigureAwait(false);
            }
        }
    }
}
