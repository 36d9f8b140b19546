using System.Diagnostics;
using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Cmdlets;

/// <summary>
/// A cmdlet that takes rows and gives one result for each, in their order (P1). It binds and writes; the run does the rest
/// on other threads, and only this one, the pipeline's, ever writes.
/// </summary>
public abstract class BulkCommand : ChatCommand
{
    // A source that lets one wait longer than this after the run was stopped is live (Get-Content -Wait), and is not read
    // to its end just to call its rows skipped.
    private static readonly TimeSpan s_liveSource = TimeSpan.FromSeconds(1);

    private readonly List<RunPump> _pumps = [];
    private RunPump? _main;
    private RunReporter? _reporter;
    private long _stoppedAt;

    /// <summary>The most rows sent in one call; left alone, as many as the service takes: 100 for most commands.</summary>
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

    /// <summary>Binds the current input and calls <see cref="Add"/> for each row in it.</summary>
    private protected abstract void Take();

    /// <summary>The number of the row that is bound now, from 1.</summary>
    private protected long NextRow() => ++RowCount;

    /// <summary>Hands a row to the run.</summary>
    private protected virtual void Add(ChatResult row) => AddToMain(row);

    /// <summary>Hands a row to the run whose results are written.</summary>
    private protected void AddToMain(ChatResult row) => _main!.Add(row);

    /// <summary>Why the run whose results are written was stopped; null while it goes on.</summary>
    private protected StopReason? MainReason => _main!.Run.Reason;

    /// <summary>The input has ended: waits for whatever comes before the run whose results are written.</summary>
    private protected virtual void FinishInput()
    {
    }

    /// <summary>Writes what a row came to; the result itself unless overridden.</summary>
    private protected virtual void WriteRow(ChatResult row) => WriteObject(row);

    /// <summary>
    /// Asks the engine whether the row may be sent: -WhatIf, -Confirm, -Verbose. The engine's own way to put the two words
    /// together looks up a resource each time, which for a row that nobody is asked about is most of the cost. Added up and not
    /// interpolated: for more than four parts that goes through a buffer.
    /// </summary>
    private protected bool MaySend(string target, string action) =>
        ShouldProcess("Performing the operation \"" + action + "\" on target \"" + target + "\".", null, null);

    /// <summary>Starts a run that ends with this command.</summary>
    private protected RunPump StartPump(IBulkOperation operation, Action<Batch> onBatch)
    {
        var options = new BulkOptions { BatchSize = BatchSize == 0 ? null : BatchSize, ThrottleLimit = ThrottleLimit };
        var pump = new RunPump(Chat.StartRun(operation, options), onBatch, () => _reporter!.Glance());
        _pumps.Add(pump);
        return pump;
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _main = StartPump(CreateOperation(), WriteBatch);
        _reporter = new RunReporter(this, _main.Run);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        try
        {
            if (_stoppedAt != 0 && Stopwatch.GetElapsedTime(_stoppedAt) > s_liveSource)
            {
                Finish();
            }

            Take();
            if (FindReason() is not null)
            {
                _stoppedAt = Stopwatch.GetTimestamp();
            }
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        try
        {
            Finish();
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        Cancel();
        base.StopProcessing();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (RunPump pump in _pumps)
        {
            pump.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Finish()
    {
        FinishInput();
        _main!.Finish();
        _reporter!.Complete();
        if (FindReason() is { } reason)
        {
            ThrowTerminatingError(ErrorRecords.RunStopped(reason, Chat));
        }
    }

    private StopReason? FindReason()
    {
        foreach (RunPump pump in _pumps)
        {
            if (pump.Run.Reason is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    // However the command ends, nothing more is sent and the progress bar goes: Ctrl+C, Select-Object -First, an error.
    private void Abandon()
    {
        Cancel();
        _reporter?.Abandon();
    }

    private void Cancel()
    {
        foreach (RunPump pump in _pumps)
        {
            pump.Run.Cancel();
        }
    }

    // All results of a batch before its first error: -ErrorAction Stop ends the command inside WriteError.
    private void WriteBatch(Batch batch)
    {
        foreach (ChatResult row in batch.Rows)
        {
            WriteRow(row);
        }

        _reporter!.Count(batch);
        if (batch.Failures == 0)
        {
            return;
        }

        foreach (ChatResult row in batch.Rows)
        {
            if (row.Status is ChatResultStatus.Failed or ChatResultStatus.Unknown)
            {
                WriteError(ErrorRecords.ForRow(row));
            }
        }
    }
}
