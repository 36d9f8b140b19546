using System.Management.Automation;
using System.Runtime.CompilerServices;
using TencentChat.Bulk;

namespace TencentChat.PowerShell.Cmdlets;

/// <summary>Feeds a run from the pipeline's thread, and hands its finished batches over on that same thread.</summary>
/// <param name="control">The run's own.</param>
internal abstract class RunPump(RunControl control) : IDisposable
{
    public RunControl Control => control;

    /// <summary>No more rows will come: waits for the rest.</summary>
    public abstract void Finish();

    public abstract void Dispose();
}

/// <summary>The pump of a run whose rows are known by type.</summary>
/// <param name="run">The run; disposed with the pump.</param>
/// <param name="onBatch">Takes each finished batch, in input order.</param>
/// <param name="onGlance">Called now and then while there is nothing to do but wait.</param>
internal sealed class RunPump<TRow>(BulkRun<TRow> run, Action<Batch<TRow>> onBatch, Action onGlance) : RunPump(run.Control)
    where TRow : ChatResult, IBulkRow<TRow>
{
    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(250);

    private Task<bool>? _waiting;

    /// <summary>Hands a row to the run, and over what has come back meanwhile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(TRow row)
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

    public override void Finish()
    {
        run.Complete();
        while (WaitForBatch())
        {
            TakeFinished();
        }
    }

    public override void Dispose() => run.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeFinished()
    {
        while (run.TryTake(out Batch<TRow>? batch))
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
