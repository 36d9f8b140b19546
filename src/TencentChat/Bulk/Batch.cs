namespace TencentChat.Bulk;

/// <summary>Neighbouring rows that travel together: at most <c>BatchSize</c> of them are sent, in one call if all goes well.</summary>
/// <param name="number">Its number, from 1.</param>
/// <param name="size">The most rows to send.</param>
/// <param name="onLeave">Called once: at the batch's first call, or at its end when it came to none.</param>
internal sealed class Batch(int number, int size, Action onLeave)
{
    // Rows that are not to be sent fill a batch too, if a slower one: else a run that sends nothing would show nothing.
    private readonly int _mostRows = 2 * Math.Max(size, 50);
    private readonly List<ChatResult> _rows = new(size);

    public int Number => number;

    /// <summary>The rows in input order, those that are not to be sent among them.</summary>
    public IReadOnlyList<ChatResult> Rows => _rows;

    /// <summary>How many of the rows are to be sent.</summary>
    public int RowsToSend { get; private set; }

    /// <summary>Whether the batch is to be closed.</summary>
    public bool IsFull => RowsToSend == size || _rows.Count == _mostRows;

    /// <summary>How many calls were started for the batch, repeats and halves included.</summary>
    public int Calls { get; private set; }

    /// <summary>From the first call's start to the last answer.</summary>
    public TimeSpan Duration { get; set; }

    /// <summary>How many rows failed or have an unknown fate; known when the batch is finished.</summary>
    public int Failures { get; private set; }

    public bool IsFinished { get; private set; }

    public void CountCall()
    {
        if (Calls++ == 0)
        {
            onLeave();
        }
    }

    public void Finish()
    {
        if (Calls == 0)
        {
            onLeave();
        }

        foreach (ChatResult row in _rows)
        {
            Failures += row.Error is null ? 0 : 1;
        }

        IsFinished = true;
    }

    public void Add(ChatResult row)
    {
        row.Batch = number;
        _rows.Add(row);
        if (!row.IsSettled)
        {
            RowsToSend++;
        }
    }

    /// <summary>Merges the rows by account (P3).</summary>
    public List<AccountWork> ToWorks()
    {
        var works = new List<AccountWork>(RowsToSend);
        var byAccount = new Dictionary<string, AccountWork>(RowsToSend, StringComparer.Ordinal);
        foreach (ChatResult row in _rows)
        {
            if (row.IsSettled)
            {
                continue;
            }

            if (byAccount.TryGetValue(row.UserId, out AccountWork? work))
            {
                work.Merge(row);
            }
            else
            {
                work = new AccountWork(row);
                byAccount.Add(row.UserId, work);
                works.Add(work);
            }
        }

        return works;
    }
}
