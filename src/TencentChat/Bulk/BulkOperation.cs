using TencentChat.Errors;

namespace TencentChat.Bulk;

/// <summary>
/// What is done with each batch: one command of the service, or several one after another. An operation makes the rows that
/// it expects, and they become its results.
/// </summary>
/// <typeparam name="TRow">A row of the operation.</typeparam>
internal abstract class BulkOperation<TRow>
    where TRow : ChatResult, IBulkRow<TRow>
{
    /// <summary>The most accounts that the command takes in one call.</summary>
    public abstract int MaxBatchSize { get; }

    /// <summary>Settles every account of the batch, by sending it or without.</summary>
    public abstract Task RunAsync(BatchRun<TRow> batch);

    /// <summary>Makes a row that names an account; it comes settled when that cannot be right.</summary>
    /// <param name="number">The row's number in the input, from 1.</param>
    /// <param name="userId">The account; empty when the row names none.</param>
    /// <param name="source">The row as it came.</param>
    public virtual TRow NewRow(long number, string userId, object? source) => Checked(CreateRow(number, userId, source));

    /// <summary>Makes a row that is wrong in itself: it keeps its place and is not sent.</summary>
    /// <param name="number">The row's number in the input, from 1.</param>
    /// <param name="userId">The account; empty when the row names none.</param>
    /// <param name="source">The row as it came.</param>
    /// <param name="error">What is wrong.</param>
    /// <param name="message">What is wrong, in words for this row.</param>
    public TRow NewFailedRow(long number, string userId, object? source, ChatError error, string message)
    {
        TRow row = CreateRow(number, userId, source);
        row.Settle(ChatResultStatus.Failed, 0, message, error);
        return row;
    }

    /// <summary>Makes a row that asks for nothing but what every row of the operation asks for.</summary>
    protected abstract TRow CreateRow(long number, string userId, object? source);

    /// <summary>Settles a row whose account cannot be right.</summary>
    protected static TRow Checked(TRow row)
    {
        if (RowRules.CheckUserId(row.UserId) is { } error)
        {
            row.Fail(error);
        }

        return row;
    }
}
