using System.Runtime.CompilerServices;
using TencentChat.Errors;

namespace TencentChat.Bulk;

/// <summary>Drives a run from a sequence of rows, for programs that await its results.</summary>
internal static class RowFeed
{
    /// <summary>Puts the rows in, gives their results, and ends the run with them.</summary>
    /// <exception cref="ChatServiceException">After the last result: the run was stopped (P7).</exception>
    public static async IAsyncEnumerable<ChatResult> RunAsync(this BulkRun run, IEnumerable<ChatResult> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using BulkRun owned = run;
        using CancellationTokenRegistration registration = cancellationToken.Register(run.Cancel);
        foreach (ChatResult row in rows)
        {
            while (!run.TryAdd(row))
            {
                await run.WaitAsync().ConfigureAwait(false);
                foreach (ChatResult result in TakeAll(run))
                {
                    yield return result;
                }
            }

            if (run.HasOutput)
            {
                foreach (ChatResult result in TakeAll(run))
                {
                    yield return result;
                }
            }
        }

        run.Complete();
        while (await run.WaitAsync().ConfigureAwait(false))
        {
            foreach (ChatResult result in TakeAll(run))
            {
                yield return result;
            }
        }

        if (run.Reason is { } reason)
        {
            throw new ChatServiceException(reason.Error, reason.Info);
        }
    }

    private static IEnumerable<ChatResult> TakeAll(BulkRun run)
    {
        while (run.TryTake(out Batch? batch))
        {
            foreach (ChatResult result in batch.Rows)
            {
                yield return result;
            }
        }
    }
}
