using System.Threading.Channels;
using TencentChat.Calls;
using TencentChat.Errors;

namespace TencentChat.Bulk;

/// <summary>
/// One run of a bulk command: rows in, batches, a window of calls in flight, finished batches out in input order.
/// One thread puts rows in and takes batches out; everything between happens on other threads.
/// </summary>
internal sealed class BulkRun : IDisposable
{
    private readonly ChatCaller _caller;
    private readonly RetryPolicy _retry;
    private readonly IBulkOperation _operation;
    private readonly BulkOptions _options;
    private readonly TimeProvider _time;
    private readonly RunControl _control = new();
    private readonly InputWindow _input;
    private readonly SemaphoreSlim _window;
    private readonly ITimer _linger;
    private readonly FlightBook _flights = new();
    private readonly Channel<Batch> _closed = Channel.CreateUnbounded<Batch>(new() { SingleReader = true });
    private readonly Channel<Batch> _output = Channel.CreateUnbounded<Batch>();
    private readonly object _inputGate = new();
    private readonly object _orderGate = new();
    private readonly Queue<Batch> _order = new();
    private readonly int _batchSize;
    private Batch? _open;
    private int _batches;
    private bool _isComplete;

    public BulkRun(ChatCaller caller, RetryPolicy retry, IBulkOperation operation, BulkOptions options, TimeProvider time)
    {
        _caller = caller;
        _retry = retry;
        _operation = operation;
        _options = options;
        _time = time;
        _batchSize = Math.Min(options.BatchSize ?? int.MaxValue, operation.MaxBatchSize);
        _input = new InputWindow(options, _batchSize);
        _window = new SemaphoreSlim(options.ThrottleLimit);
        _linger = time.CreateTimer(_ => CloseOpenBatch(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _ = Task.Run(DispatchAsync);
    }

    /// <summary>Why the run was stopped (P7); null while it goes on.</summary>
    public StopReason? Reason => _control.Reason;

    /// <summary>Calls that the service refused for their number, so far.</summary>
    public int ThrottledCalls => _control.ThrottledCalls;

    /// <summary>Calls that were made again, so far.</summary>
    public int RepeatedCalls => _control.RepeatedCalls;

    /// <summary>Whether a finished batch can be taken. Cheap enough to ask for every row.</summary>
    public bool HasOutput => _output.Reader.Count > 0;

    /// <summary>Puts a row in. A settled row is passed through to keep its place.</summary>
    /// <returns>False when the window is full: take batches out, or wait for one, and try again (P5).</returns>
    public bool TryAdd(ChatResult row)
    {
        lock (_inputGate)
        {
            if (_open is null)
            {
                if (!_input.TryBegin())
                {
                    return false;
                }

                _open = new Batch(++_batches, _batchSize, _input.OnLeave);
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

        _input.Stir();
    }

    /// <summary>Takes the next finished batch, in input order.</summary>
    public bool TryTake([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out Batch batch)
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
            _control.Cancelled.ThrowIfCancellationRequested();
            Task stirred = _input.Stirred;
            if (HasOutput || _input.HasRoomAgain)
            {
                return true;
            }

            if (_output.Reader.Completion.IsCompleted)
            {
                return false;
            }

            await stirred.WaitAsync(_control.Cancelled).ConfigureAwait(false);
        }
    }

    /// <summary>No further call starts; those in flight land, and what was not sent is skipped.</summary>
    public void Stop(StopReason reason) => _control.Stop(reason.Error, reason.Info);

    /// <summary>Nothing more is sent, and nobody waits for what is in flight (P8). May be called from any thread, at any time.</summary>
    public void Cancel() => _control.Cancel();

    public void Dispose()
    {
        _linger.Dispose();
        _control.Dispose();
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

    private void Close(Batch batch)
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
            while (await _closed.Reader.WaitToReadAsync(_control.Cancelled).ConfigureAwait(false))
            {
                while (_closed.Reader.TryRead(out Batch? batch))
                {
                    if (batch.RowsToSend == 0)
                    {
                        Finish(batch);
                        continue;
                    }

                    List<AccountWork> works = batch.ToWorks();
                    Flight flight = _flights.Board(works);
                    await _window.WaitAsync(_control.Cancelled).ConfigureAwait(false);
                    _ = FlyAsync(batch, works, flight);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever cancelled takes no further batch.
        }
    }

    private async Task FlyAsync(Batch batch, List<AccountWork> works, Flight flight)
    {
        try
        {
            await flight.MayLeaveAsync().ConfigureAwait(false);
            long start = _time.GetTimestamp();
            await _operation.RunAsync(new BatchRun(batch, works, _caller, _retry, _time, _control)).ConfigureAwait(false);
            batch.Duration = _time.GetElapsedTime(start);
        }
        catch (OperationCanceledException) when (_control.Cancelled.IsCancellationRequested)
        {
            return;
        }
        catch (Exception fault)
        {
            // A defect of ours must not cost a row its result: the run ends, and says which rows nobody knows of.
            _control.Stop(ClientErrors.InternalError, fault.GetType().Name);
            works.ForEach(work => work.Abandon(ClientErrors.InternalError, fault.GetType().Name));
        }
        finally
        {
            _flights.Land(flight);
            _window.Release();
        }

        Finish(batch);
    }

    private void Finish(Batch batch)
    {
        lock (_orderGate)
        {
            // Inside, so that whoever hands the batch out sees its rows' results.
            batch.Finish();
            while (_order.TryPeek(out Batch? next) && next.IsFinished)
            {
                _output.Writer.TryWrite(_order.Dequeue());
            }

            EndOutputWhenDone();
        }

        _input.Stir();
    }

    private void EndOutputWhenDone()
    {
        if (_isComplete && _order.Count == 0)
        {
            _output.Writer.TryComplete();
        }
    }
}
