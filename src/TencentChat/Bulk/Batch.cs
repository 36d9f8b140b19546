using System.Runtime.CompilerServices;
using TencentChat.Errors;

namespace TencentChat.Bulk;

/// <summary>Neighbouring rows that travel together: at most <c>BatchSize</c> of them are sent, in one call if all goes well.</summary>
/// <param name="number">Its number, from 1.</param>
/// <param name="size">The most rows to send.</param>
/// <param name="onLeave">Called once: at the batch's first call, or at its end when it came to none.</param>
internal sealed class Batch<TRow>(int number, int size, Action onLeave)
    where TRow : ChatResult, IBulkRow<TRow>
{
    // Rows that are not to be sent fill a batch too, if a slower one: else a run that sends nothing would show nothing.
    private readonly int _mostRows = 2 * Math.Max(size, 50);
    private readonly List<TRow> _rows = new(size);

    public int Number => number;

    /// <summary>The rows in input order, those that are not to be sent among them.</summary>
    public IReadOnlyList<TRow> Rows => _rows;

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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Finish()
    {
        if (Calls == 0)
        {
            onLeave();
        }

        foreach (TRow row in _rows)
        {
            if (!row.IsSettled)
            {
                // No way leads here. If there is one all the same, nobody knows what became of the row.
                row.Settle(ChatResultStatus.Unknown, 0, ClientErrors.InternalError.Describe("Pending"), ClientErrors.InternalError);
            }

            Failures += row.Status is ChatResultStatus.Failed or ChatResultStatus.Unknown ? 1 : 0;
        }

        IsFinished = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(TRow row)
    {
        row.Batch = number;
        _rows.Add(row);
        if (!row.IsSettled)
        {
            RowsToSend++;
        }
    }
}
