using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Runtime.CompilerServices;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Completion;
using TencentChat.PowerShell.Connections;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Cmdlets;

/// <summary>
/// A cmdlet that takes rows on the pipeline, or users on the command line, and gives one result for each, in their order
/// (P1). It binds and writes; the run does the rest on other threads, and only this one, the pipeline's, ever writes.
/// </summary>
public abstract class BulkCommand : ChatCommand
{
    /// <summary>The parameter set for rows.</summary>
    protected const string RowSet = "Row";

    // The default one of every cmdlet: without users it is out before the first row, and the row set is tried alone. As
    // the default, the row set would be tried twice for each row.

    /// <summary>The parameter set for users that are named on the command line.</summary>
    protected const string UserSet = "User";

    // A source that lets one wait longer than this after the run was stopped is live (Get-Content -Wait), and is not read
    // to its end just to call its rows skipped.
    private static readonly TimeSpan s_liveSource = TimeSpan.FromSeconds(1);

    // The pumps are the pipeline's thread's own; the runs behind them are what another thread may cancel.
    private readonly List<RunPump> _pumps = [];
    private Action<PSObject, long>? _take;
    private RunReporter? _reporter;
    private Consent? _consent;
    private long _stoppedAt;

    /// <summary>A row with an id column, an account's name, or a result of another cmdlet of this module.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = RowSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The accounts.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = UserSet)]
    [Alias("To_Account", "Account", "Identifier", "User")]
    [ValidateNotNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[] UserId { get; set; } = [];

    /// <summary>The input's column that names the account, when it is not called UserId, To_Account, Account, Identifier or User.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string? UserIdProperty { get; set; }

    /// <summary>The most calls in flight at a time, 1 to 1000. Left alone, the rate limiter and the latency decide, up to 128.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = BulkOptions.DefaultThrottleLimit;

    /// <summary>The most rows that travel together; null for as many as the service takes in one call.</summary>
    private protected virtual int? RowsPerCall => null;

    /// <summary>The runs of this command.</summary>
    private protected RunGroup Runs { get; } = new();

    /// <summary>How many rows have come in.</summary>
    private protected long RowCount { get; private set; }

    /// <summary>What a row's result says when the user did not want it to be sent.</summary>
    private protected string NotSent => IsWhatIf ? "Not sent: -WhatIf." : "Not sent: declined.";

    /// <summary>Starts what the cmdlet runs, once, when the connection is known.</summary>
    /// <returns>Takes each input with its number, from 1. Throws a <see cref="BadInputException"/> when the input as a whole
    /// cannot be understood.</returns>
    private protected abstract Action<PSObject, long> Start();

    /// <summary>Starts the run whose results are written, and takes rows for it.</summary>
    /// <param name="operation">What is done with the rows.</param>
    /// <param name="bind">Makes a row of an input; it comes settled when it is not to be sent.</param>
    /// <param name="ask">Asks whether a row may be sent; left out for what changes nothing.</param>
    /// <param name="write">Writes what a row came to; left out, the row itself is written.</param>
    private protected Action<PSObject, long> Start<TRow>(BulkOperation<TRow> operation, Func<PSObject, long, TRow> bind, Func<TRow, bool>? ask = null, Action<TRow>? write = null)
        where TRow : ChatResult, IBulkRow<TRow>
    {
        RunPump<TRow> pump = StartWriting(operation, write ?? WriteObject);
        bind = RowsOfRun.BindOrEnd(Runs, bind, BindUserIds(operation));
        return [MethodImpl(MethodImplOptions.AggressiveOptimization)] (input, number) =>
        {
            TRow row = bind(input, number);
            if (ask is not null && !row.IsSettled && Runs.Reason is null && !ask(row))
            {
                row.Settle(ChatResultStatus.Skipped, 0, NotSent);
            }

            pump.Add(row);
        };
    }

    /// <summary>Starts the run whose results are written.</summary>
    private protected RunPump<TRow> StartWriting<TRow>(BulkOperation<TRow> operation, Action<TRow> write)
        where TRow : ChatResult, IBulkRow<TRow>
    {
        RunPump<TRow> pump = StartPump(operation, batch => WriteBatch(batch, write));
        _reporter = new RunReporter(this, [.. _pumps.Select(running => running.Control)], AppText.Of(Chat), Chat.AdminUserId);
        return pump;
    }

    /// <summary>Starts a run that ends with this command, after those that were started before it.</summary>
    private protected RunPump<TRow> StartPump<TRow>(BulkOperation<TRow> operation, Action<Batch<TRow>> onBatch)
        where TRow : ChatResult, IBulkRow<TRow>
    {
        var options = new BulkOptions { BatchSize = RowsPerCall, ThrottleLimit = ThrottleLimit };
        var pump = new RunPump<TRow>(BulkRun.Start(Chat.Calls, operation, options), onBatch, () => _reporter!.UpdateProgress());
        _pumps.Add(pump);
        Runs.Add(pump.Control);
        return pump;
    }

    /// <summary>Binds rows of which nothing but the account counts.</summary>
    private protected Func<PSObject, long, TRow> BindUserIds<TRow>(BulkOperation<TRow> operation)
        where TRow : ChatResult, IBulkRow<TRow>
    {
        var ids = new UserIdBinder(UserIdProperty);
        return (input, number) => ids.Bind(input, number, operation);
    }

    /// <summary>Hands over rows that were kept until the input had ended.</summary>
    private protected static void AddAll<TRow>(RunPump<TRow> pump, IEnumerable<TRow> rows)
        where TRow : ChatResult, IBulkRow<TRow>
    {
        foreach (TRow row in rows)
        {
            pump.Add(row);
        }
    }

    /// <summary>Whether the user said that no question is wanted; a cmdlet whose effect cannot be undone takes it from its -Force.</summary>
    private protected virtual bool IsForced => false;

    /// <summary>Whether nothing is to be sent, and only told.</summary>
    private protected bool IsWhatIf => Consent.IsWhatIf;

    private Consent Consent => _consent ??= new Consent(this, IsForced);

    /// <summary>Asks whether the row may be sent: -WhatIf, -Confirm, and what the cmdlet asks by itself.</summary>
    /// <param name="row">The row.</param>
    /// <param name="describe">Puts what is to be done into words; called only when somebody is to read them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected bool MaySend<TRow>(TRow row, Func<TRow, string> describe)
        where TRow : ChatResult =>
        !Consent.IsNeeded || MaySend(describe(row), $"user '{row.UserId}'");

    /// <summary>Asks whether something may be done.</summary>
    /// <param name="action">What is to be done; a long text is cut.</param>
    /// <param name="target">To whom; a long text is cut.</param>
    /// <param name="mostOfTarget">How many characters of it are shown.</param>
    private protected bool MaySend(string action, string target, int mostOfTarget = Redaction.MaxLength) =>
        !Consent.IsNeeded || Consent.Ask(Redaction.Clean(action), InApp(Redaction.Clean(target, mostOfTarget, isCut: false, secrets: null)));

    /// <inheritdoc/>
    protected override void BeginProcessing() => _take = Start();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected sealed override void ProcessRecord()
    {
        try
        {
            if (_stoppedAt != 0 && Stopwatch.GetElapsedTime(_stoppedAt) > s_liveSource)
            {
                Finish();
            }

            Take();
            if (Runs.Reason is not null)
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
        Runs.Cancel();
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take()
    {
        try
        {
            // Null for users, and for a $null in the pipeline, which counts as a row (P1). To ask for the set's name costs more
            // than to look at the row, so it comes second.
            if (InputObject is null && ParameterSetName != RowSet)
            {
                foreach (string userId in UserId)
                {
                    _take!(PSObject.AsPSObject(userId), ++RowCount);
                }
            }
            else
            {
                _take!(InputObject ?? AutomationNull.Value, ++RowCount);
            }

            _reporter?.CountInput(RowCount);
        }
        catch (BadInputException fault)
        {
            ThrowTerminatingError(ErrorRecords.BadInput(fault.Error, fault.Message, InputObject));
        }
        catch (ChatException fault)
        {
            ThrowTerminatingError(ErrorRecords.Terminating(fault, null));
        }
    }

    /// <summary>The input has ended; what comes here goes before the runs are waited for.</summary>
    private protected virtual void OnInputEnd()
    {
    }

    /// <summary>All rows have their results.</summary>
    private protected virtual void OnRunEnd()
    {
    }

    private void Finish()
    {
        OnInputEnd();
        foreach (RunPump pump in _pumps)
        {
            pump.Finish();
        }

        OnRunEnd();
        _reporter?.Complete();
        if (Runs.Reason is { } reason)
        {
            ThrowTerminatingError(ErrorRecords.RunStopped(reason, Chat));
        }
    }

    // However the command ends, nothing more is sent and the progress bar goes: Ctrl+C, Select-Object -First, an error.
    private void Abandon()
    {
        Runs.Cancel();
        _reporter?.Abandon();
    }

    // All results of a batch before its first error: -ErrorAction Stop ends the command inside WriteError.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteBatch<TRow>(Batch<TRow> batch, Action<TRow> write)
        where TRow : ChatResult, IBulkRow<TRow>
    {
        foreach (TRow row in batch.Rows)
        {
            write(row);
        }

        _reporter!.Count(batch);
        if (batch.Failures == 0)
        {
            return;
        }

        foreach (TRow row in batch.Rows)
        {
            if (row.Status is ChatResultStatus.Failed or ChatResultStatus.Unknown)
            {
                WriteError(ErrorRecords.ForRow(row));
            }
        }
    }
}
