using System.Runtime.CompilerServices;
using TencentChat.Errors;

namespace TencentChat.Bulk;

/// <summary>Drives a run from a sequence of rows, for programs that await its results.</summary>
internal static class RowFeed
{
    /// <summary>Starts a run when the results are asked for, puts the rows in, gives the results, and ends the run with them.</summary>
    /// <exception cref="ChatServiceException">After the last result: the run was stopped (P7).</exception>
    public static async IAsyncEnumerable<TRow> RunAsync<TRow>(Func<BulkRun<TRow>> start, IEnumerable<TRow> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TRow : ChatResult, IBulkRow<TRow>
    {
        using BulkRun<TRow> run = start();
        using CancellationTokenRegistration registration = cancellationToken.Register(run.Control.Cancel);
        foreach (TRow row in rows)
        {
            while (!run.TryAdd(row))
            {
                await run.WaitAsync().ConfigureAwait(false);
                foreach (TRow result in TakeAll(run))
                {
                    yield return result;
                }
            }

            if (run.HasOutput)
            {
                foreach (TRow result in TakeAll(run))
                {
                    yield return result;
                }
            }
        }

        run.Complete();
        while (await run.WaitAsync().ConfigureAwait(false))
        {
            foreach (TRow result in TakeAll(run))
            {
                yield return result;
            }
        }

        if (run.Control.Reason is { } reason)
        {
            throw new ChatServiceException(reason.Error, reason.Info);
        }
    }

    private static IEnumerable<TRow> TakeAll<TRow>(BulkRun<TRow> run)
        where TRow : ChatResult, IBulkRow<TRow>
    {
        while (run.TryTake(out Batch<TRow>? batch))
        {
            foreach (TRow result in batch.Rows)
            {
                yield return result;
            }
        }
    }
}
