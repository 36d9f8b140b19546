using System.Diagnostics;
using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.PowerShell.Output;
using TencentChat.Results;

namespace TencentChat.PowerShell.Commands;

/// <summary>
/// A cmdlet that takes rows and gives one result for each, in their order (P1). It binds and writes; the run does the rest
/// on other threads, and only this one, the pipeline's, ever writes.
/// </summary>
public abstract class BulkCommand : ChatCommand
{
    // How long the pipeline's thread waits for a batch before it looks after the progress bar.
    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(250);

    // A source that lets one wait longer than this after the run was stopped is live (Get-Content -Wait), and is not read
    // to its end just to call its rows skipped.
    private static readonly TimeSpan s_liveSource = TimeSpan.FromSeconds(1);

    private BulkRun? _run;
    private Task<bool>? _waiting;
    private RunReporter? _reporter;
    private long _lastRowAt;

    /// <summary>The most rows sent in one call; left alone, or greater, as many as the service takes: 100 for most commands.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int BatchSize { get; set; }

    /// <summary>The most calls in flight at a time, 1 to 1000. Left alone, the pace and the latency decide, up to 128.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = BulkOptions.DefaultThrottleLimit;

    /// <summary>How many rows have come in.</summary>
    private protected long RowCount { get; private set; }

    /// <summary>What is done with each batch; called once, when the connection is known.</summary>
    private protected abstract IBulkOperation CreateOperation();

    /// <summary>The number of the row that is bound now, from 1.</summary>
    private protected long NextRow() => ++RowCount;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _run = Chat.StartRun(CreateOperation(), new BulkOptions { BatchSize = BatchSize == 0 ? null : BatchSize, ThrottleLimit = ThrottleLimit });
        _reporter = new RunReporter(this, _run);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(() =>
    {
        if (_run!.Reason is not null && _lastRowAt != 0 && Stopwatch.GetElapsedTime(_lastRowAt) > s_liveSource)
        {
            Finish();
        }

        Take();
        _lastRowAt = _run.Reason is null ? 0 : Stopwatch.GetTimestamp();
    });

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(Finish);

    /// <summary>Binds the current input and calls <see cref="Add"/> for each row in it.</summary>
    private protected abstract void Take();

    /// <summary>Turns a result into what is written; the result itself unless overridden.</summary>
    private protected virtual object ToOutput(ChatResult result) => result;

    /// <summary>Hands a row to the run, and writes what has come back meanwhile.</summary>
    private protected void Add(ChatResult row)
    {
        while (!_run!.TryAdd(row))
        {
            WaitForBatch();
            WriteFinished();
        }

        if (_run.HasOutput)
        {
            WriteFinished();
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        _run?.Cancel();
        base.StopProcessing();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _run?.Dispose();
        base.Dispose(disposing);
    }

    private void Finish()
    {
        _run!.Complete();
        while (WaitForBatch())
        {
            WriteFinished();
        }

        _reporter!.Complete();
        if (_run.Reason is { } reason)
        {
            ThrowTerminatingError(ErrorRecords.RunStopped(reason, Chat));
        }
    }

    // However the command ends, nothing more is sent and the progress bar goes: Ctrl+C, Select-Object -First, an error.
    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch
        {
            _run?.Cancel();
            _reporter?.Abandon();
            throw;
        }
    }

    /// <returns>False when no batch will come any more.</returns>
    private bool WaitForBatch()
    {
        try
        {
            while (true)
            {
                _waiting ??= _run!.WaitAsync();
                if (_waiting.Wait(s_glance))
                {
                    bool more = _waiting.Result;
                    _waiting = null;
                    return more;
                }

                _reporter!.Glance();
            }
        }
        catch (AggregateException fault) when (fault.InnerException is OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    // All results of a batch before its first error: -ErrorAction Stop ends the command inside WriteError.
    private void WriteFinished()
    {
        while (_run!.TryTake(out Batch? batch))
        {
            foreach (ChatResult row in batch.Rows)
            {
                WriteObject(ToOutput(row));
            }

            _reporter!.Count(batch);
            if (batch.Failures > 0)
            {
                WriteErrors(batch);
            }
        }
    }

    private void WriteErrors(Batch batch)
    {
        foreach (ChatResult row in batch.Rows)
        {
            if (row.Status is ChatResultStatus.Failed or ChatResultStatus.Unknown)
            {
                WriteError(ErrorRecords.ForRow(row));
            }
        }
    }
}
