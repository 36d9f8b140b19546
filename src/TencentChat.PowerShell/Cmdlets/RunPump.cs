using System.Management.Automation;
using TencentChat.Bulk;

namespace TencentChat.PowerShell.Cmdlets;

/// <summary>Feeds a run from the pipeline's thread, and hands its finished batches over on that same thread.</summary>
/// <param name="run">The run.</param>
/// <param name="onBatch">Takes each finished batch, in input order.</param>
/// <param name="onGlance">Called now and then while there is nothing to do but wait.</param>
internal sealed class RunPump(BulkRun run, Action<Batch> onBatch, Action onGlance) : IDisposable
{
    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(250);

    private Task<bool>? _waiting;

    public BulkRun Run => run;

    /// <summary>Hands a row to the run, and over what has come back meanwhile.</summary>
    public void Add(ChatResult row)
    {
        while (!run.TryAdd(row))
        {
            WaitForBatch();
            TakeFinished();
        }

        if (run.HasOutput)
        {
            TakeFinished();
        }
    }

    /// <summary>No more rows will come: waits for the rest.</summary>
    public void Finish()
    {
        run.Complete();
        while (WaitForBatch())
        {
            TakeFinished();
        }
    }

    public void Dispose() => run.Dispose();

    private void TakeFinished()
    {
        while (run.TryTake(out Batch? batch))
        {
            onBatch(batch);
        }
    }

    /// <returns>False when no batch will come any more.</returns>
    private bool WaitForBatch()
    {
        try
        {
            while (true)
            {
                _waiting ??= run.WaitAsync();
                if (_waiting.Wait(s_glance))
                {
                    bool more = _waiting.Result;
                    _waiting = null;
                    return more;
                }

                onGlance();
            }
        }
        catch (AggregateException fault) when (fault.InnerException is OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }
}
