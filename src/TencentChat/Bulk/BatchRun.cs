using TencentChat.Calls;
using TencentChat.Errors;

namespace TencentChat.Bulk;

/// <summary>
/// Sends a batch's accounts until each is settled: repeats what may be repeated (P6), halves what is refused for its
/// content (P2).
/// </summary>
internal sealed class BatchRun<TRow>(Batch<TRow> batch, List<AccountWork<TRow>> accounts, RetryLoop calls, RunControl control)
    where TRow : ChatResult, IBulkRow<TRow>
{
    /// <summary>The batch's accounts.</summary>
    public List<AccountWork<TRow>> Accounts => accounts;

    /// <summary>Sends those of the accounts that are not settled yet.</summary>
    public async Task SendAsync(AccountCall<TRow> call, List<AccountWork<TRow>> some)
    {
        call.ApplyLessons(some);
        var sending = new Sending<TRow>(call, some.FindAll(account => !account.IsSettled), batch, control);
        while (sending.IsUnfinished)
        {
            try
            {
                await SendAsync(call, sending).ConfigureAwait(false);
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

    private async Task SendAsync(AccountCall<TRow> call, Sending<TRow> sending)
    {
        if (sending.Pending.Count > 0)
        {
            Verdict verdict = await calls.RunAsync(sending, control.MayStart, control.Cancelled).ConfigureAwait(false);
            if (verdict.Ruling == Ruling.Split)
            {
                await NarrowDownAsync(call, sending, verdict).ConfigureAwait(false);
            }
            else if (verdict.Ruling == Ruling.Repeat)
            {
                sending.GiveUp(verdict);
            }
        }

        foreach (AccountWork<TRow> account in sending.TakeApart())
        {
            await SendRowsApartAsync(call, account).ConfigureAwait(false);
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
            int half = suspects.Count / 2;
            await SendAsync(call, suspects[..half]).ConfigureAwait(false);
            await SendAsync(call, suspects[half..]).ConfigureAwait(false);
        }
        else
        {
            sending.TakeRefusal(suspects[0], verdict);
        }
    }

    // Rows for one account were merged, and one of them may be bad: in their order, each by itself.
    private async ValueTask SendRowsApartAsync(AccountCall<TRow> call, AccountWork<TRow> account)
    {
        foreach (TRow row in account.Rows.ToArray())
        {
            await SendAsync(call, [new AccountWork<TRow>(row) { Attempts = account.Attempts, IsUnclear = account.IsUnclear }]).ConfigureAwait(false);
        }
    }
}
