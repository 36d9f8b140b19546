namespace TencentChat.Bulk;

/// <summary>Sees to it that an account is never in two calls at a time, so that its last row wins (P3).</summary>
internal sealed class AccountSequencer<TRow>
    where TRow : ChatResult, IBulkRow<TRow>
{
    private readonly Dictionary<string, Turn<TRow>> _lastTurn = new(StringComparer.Ordinal);

    /// <summary>Gives a batch its turn; to be called in input order.</summary>
    public Turn<TRow> Enter(IReadOnlyList<AccountWork<TRow>> accounts)
    {
        var turn = new Turn<TRow>(accounts);
        lock (_lastTurn)
        {
            Turn<TRow>? previous = null;
            foreach (AccountWork<TRow> account in accounts)
            {
                if (_lastTurn.TryGetValue(account.UserId, out Turn<TRow>? other) && other != previous)
                {
                    turn.WaitFor(other);
                    previous = other;
                }

                _lastTurn[account.UserId] = turn;
            }
        }

        return turn;
    }

    /// <summary>The batch is done with: whoever waits for one of its accounts may go on.</summary>
    public void Leave(Turn<TRow> turn)
    {
        lock (_lastTurn)
        {
            foreach (AccountWork<TRow> account in turn.Accounts)
            {
                if (_lastTurn.TryGetValue(account.UserId, out Turn<TRow>? last) && last == turn)
                {
                    _lastTurn.Remove(account.UserId);
                }
            }
        }

        turn.End();
    }
}
