using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using TencentChat.Calls;
using TencentChat.Errors;

namespace TencentChat.Bulk;

/// <summary>Starts runs.</summary>
internal static class BulkRun
{
    /// <exception cref="ChatConfigurationException">An option makes no sense.</exception>
    /// <exception cref="ObjectDisposedException">The connection was closed.</exception>
    public static BulkRun<TRow> Start<TRow>(RetryLoop calls, BulkOperation<TRow> operation, BulkOptions options)
        where TRow : ChatResult, IBulkRow<TRow>
    {
        ObjectDisposedException.ThrowIf(calls.IsClosed, calls);
        options.Check();
        return new BulkRun<TRow>(calls, operation, options);
    }
}

/// <summary>
/// One run of a bulk command: rows in, batches, a window of calls in flight, finished batches out in input order.
/// One thread puts rows in and takes batches out; everything between happens on other threads.
/// </summary>
internal sealed class BulkRun<TRow> : IDisposable
    where TRow : ChatResult, IBulkRow<TRow>
{
    private readonly RetryLoop _calls;
    private readonly BulkOperation<TRow> _operation;
    private readonly BulkOptions _options;
    private readonly InputWindow _input;
    private readonly SemaphoreSlim _window;
    private readonly ITimer _linger;
    private readonly AccountSequencer<TRow> _sequencer = new();
    private readonly Channel<Batch<TRow>> _closed = Channel.CreateUnbounded<Batch<TRow>>(new() { SingleReader = true });
    private readonly Channel<Batch<TRow>> _output = Channel.CreateUnbounded<Batch<TRow>>();
    private readonly object _inputGate = new();
    private readonly object _orderGate = new();
    private readonly Queue<Batch<TRow>> _order = new();
    private readonly int _batchSize;
    private Batch<TRow>? _open;
    private int _batches;
    private bool _isComplete;

    internal BulkRun(RetryLoop calls, BulkOperation<TRow> operation, BulkOptions options)
    {
        _calls = calls;
        _operation = operation;
        _options = options;
        _batchSize = Math.Min(options.BatchSize ?? int.MaxValue, operation.MaxBatchSize);
        _input = new InputWindow(options, _batchSize);
        _window = new SemaphoreSlim(options.ThrottleLimit);
        _linger = calls.Time.CreateTimer(_ => CloseOpenBatch(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _ = Task.Run(DispatchAsync);
    }

    /// <summary>Whether the run goes on, and what is counted of its calls.</summary>
    public RunControl Control { get; } = new();

    /// <summary>Whether a finished batch can be taken. Cheap enough to ask for every row.</summary>
    public bool HasOutput => _output.Reader.Count > 0;

    /// <summary>Puts a row in. A settled row is passed through to keep its place.</summary>
    /// <returns>False when the window is full: take batches out, or wait for one, and try again (P5).</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryAdd(TRow row)
    {
        lock (_inputGate)
        {
            if (_open is null)
            {
                if (!_input.TryBegin())
                {
                    return false;
                }

                _open = new Batch<TRow>(++_batches, _batchSize, _input.OnLeave);
                _linger.Change(_options.Linger, Timeout.InfiniteTimeSpan);
            }

            _open.Add(row);
            if (_open.IsFull)
            {
                Close(_open);
            }

            return true;
        }
    }

    /// <summary>No more rows will come: what is left is sent as a last batch.</summary>
    public void Complete()
    {
        lock (_inputGate)
        {
            if (_open is not null)
            {
                Close(_open);
            }

            _input.OnInputEnd();
            _closed.Writer.TryComplete();
        }

        lock (_orderGate)
        {
            _isComplete = true;
            EndOutputWhenDone();
        }

        _input.Signal();
    }

    /// <summary>Takes the next finished batch, in input order.</summary>
    public bool TryTake([MaybeNullWhen(false)] out Batch<TRow> batch)
    {
        if (!_output.Reader.TryRead(out batch))
        {
            return false;
        }

        _input.OnTaken();
        return true;
    }

    /// <summary>
    /// Completes when a finished batch can be taken, or a row that was refused can be put in: true; or when there will be
    /// no batch any more: false.
    /// </summary>
    public async Task<bool> WaitAsync()
    {
        while (true)
        {
            Control.Cancelled.ThrowIfCancellationRequested();
            Task changed = _input.Changed;
            if (HasOutput || _input.HasRoomAgain)
            {
                return true;
            }

            if (_output.Reader.Completion.IsCompleted)
            {
                return false;
            }

            await changed.WaitAsync(Control.Cancelled).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _linger.Dispose();
        Control.Dispose();
        _closed.Writer.TryComplete();
    }

    private void CloseOpenBatch()
    {
        lock (_inputGate)
        {
            if (_open is not null)
            {
                Close(_open);
            }
        }
    }

    private void Close(Batch<TRow> batch)
    {
        _open = null;
        _linger.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_orderGate)
        {
            _order.Enqueue(batch);
        }

        _closed.Writer.TryWrite(batch);
    }

    private async Task DispatchAsync()
    {
        try
        {
            while (await _closed.Reader.WaitToReadAsync(Control.Cancelled).ConfigureAwait(false))
            {
                while (_closed.Reader.TryRead(out Batch<TRow>? batch))
                {
                    if (batch.RowsToSend == 0)
                    {
                        Finish(batch);
                        continue;
                    }

                    await _window.WaitAsync(Control.Cancelled).ConfigureAwait(false);
                    _ = SendAsync(batch);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever cancelled takes no further batch.
        }
    }

    // Up to its first wait on the thread that gives out the turns, so that they are given in input order.
    private async Task SendAsync(Batch<TRow> batch)
    {
        Turn<TRow>? turn = null;
        try
        {
            turn = _sequencer.Enter(batch);
            List<AccountWork<TRow>> accounts = turn.Accounts;
            await turn.WaitAsync().ConfigureAwait(false);
            long start = _calls.Time.GetTimestamp();
            await _operation.RunAsync(new BatchRun<TRow>(batch, accounts, _calls, Control)).ConfigureAwait(false);
            batch.Duration = _calls.Time.GetElapsedTime(start);
            if (batch.Calls > accounts.Count && accounts.TrueForAll(account => account.Status == ChatResultStatus.Failed))
            {
                Control.CountRefusedBatch();
            }
        }
        catch (OperationCanceledException) when (Control.Cancelled.IsCancellationRequested)
        {
            return;
        }
        catch (Exception fault)
        {
            Abandon(batch, turn, fault);
        }
        finally
        {
            if (turn is not null)
            {
                _sequencer.Leave(turn);
            }

            _window.Release();
        }

        Finish(batch);
    }

    // A defect of ours must not cost a row its result: the run ends, and says which rows nobody knows of. Rows that were not
    // even merged were not sent.
    private void Abandon(Batch<TRow> batch, Turn<TRow>? turn, Exception fault)
    {
        string what = fault.GetType().Name;
        Control.Stop(ClientErrors.InternalError, what);
        turn?.Accounts.ForEach(account => account.Abandon(ClientErrors.InternalError, what));
        foreach (TRow row in batch.Rows.Where(row => !row.IsSettled))
        {
            row.Fail(ClientErrors.InternalError, what);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Finish(Batch<TRow> batch)
    {
        lock (_orderGate)
        {
            // Inside, so that whoever hands the batch out sees its rows' results.
            batch.Finish();
            while (_order.TryPeek(out Batch<TRow>? next) && next.IsFinished)
            {
                _output.Writer.TryWrite(_order.Dequeue());
            }

            EndOutputWhenDone();
        }

        _input.Signal();
    }

    private void EndOutputWhenDone()
    {
        if (_isComplete && _order.Count == 0)
        {
            _output.Writer.TryComplete();
        }
    }
}
