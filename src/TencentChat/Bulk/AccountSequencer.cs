using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TencentChat.Bulk;

/// <summary>
/// Merges the rows of a batch by account, and sees to it that an account is never in two calls at a time, so that its last
/// row wins (P3).
/// </summary>
internal sealed class AccountSequencer<TRow>
    where TRow : ChatResult, IBulkRow<TRow>
{
    // Of every account that is under way, the work of the last batch that has it.
    private readonly Dictionary<string, AccountWork<TRow>> _last = new(StringComparer.Ordinal);

    /// <summary>Gives a batch its turn; to be called in input order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Turn<TRow> Enter(Batch<TRow> batch)
    {
        var turn = new Turn<TRow>(batch.RowsToSend);
        try
        {
            lock (_last)
            {
                Turn<TRow>? previous = null;
                foreach (TRow row in batch.Rows)
                {
                    if (!row.IsSettled)
                    {
                        Enter(turn, row, ref previous);
                    }
                }
            }
        }
        catch
        {
            Leave(turn);
            throw;
        }

        return turn;
    }

    /// <summary>The batch is done with: whoever waits for one of its accounts may go on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Leave(Turn<TRow> turn)
    {
        lock (_last)
        {
            foreach (AccountWork<TRow> account in turn.Accounts)
            {
                if (_last.TryGetValue(account.UserId, out AccountWork<TRow>? last) && last == account)
                {
                    _last.Remove(account.UserId);
                }
            }
        }

        turn.End();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Enter(Turn<TRow> turn, TRow row, ref Turn<TRow>? previous)
    {
        ref AccountWork<TRow>? last = ref CollectionsMarshal.GetValueRefOrAddDefault(_last, row.UserId, out _);
        if (last is not null && last.Turn == turn)
        {
            last.Add(row);
            return;
        }

        if (last is not null && last.Turn != previous)
        {
            previous = last.Turn;
            turn.WaitFor(previous!);
        }

        last = new AccountWork<TRow>(row) { Turn = turn };
        turn.Accounts.Add(last);
    }
}
