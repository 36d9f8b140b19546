using TencentChat.Calls;
using TencentChat.Errors;

namespace TencentChat.Bulk;

/// <summary>Whether a run goes on. Stopping lets the calls in flight land; cancelling does not wait for them.</summary>
internal sealed class RunControl : IDisposable
{
    // So many calls in a row that failed in spite of all repeats mean that the service is down, not that luck is bad.
    private const int ExhaustedCallsThatEndTheRun = 8;

    // So many batches in a row of which every row was found to be bad, by halves.
    private const int RefusedBatchesThatMeanEveryRow = 30;

    private readonly CancellationTokenSource _cancel = new();
    private readonly CancellationTokenSource _mayStart;
    private int _exhausted;
    private int _answers;
    private int _refusedBatches;
    private int _repeatedCalls;
    private StopReason? _reason;

    public RunControl()
    {
        _mayStart = CancellationTokenSource.CreateLinkedTokenSource(_cancel.Token);
        Cancelled = _cancel.Token;
        MayStart = _mayStart.Token;
    }

    // Kept apart from their sources: calls that were given up still look at them after the end.

    /// <summary>Cancelled when nobody waits for results any more.</summary>
    public CancellationToken Cancelled { get; }

    /// <summary>Cancelled when no further call may start.</summary>
    public CancellationToken MayStart { get; }

    /// <summary>Why the run was stopped (P7); null while it goes on.</summary>
    public StopReason? Reason => Volatile.Read(ref _reason);

    /// <summary>The calls, and how fast they could be made.</summary>
    public RunTraffic Traffic { get; } = new();

    /// <summary>Calls that were made again.</summary>
    public int RepeatedCalls => Volatile.Read(ref _repeatedCalls);

    public void Stop(ChatError error, string? info)
    {
        if (Interlocked.CompareExchange(ref _reason, new StopReason(error, info), null) is null)
        {
            CancelQuietly(_mayStart);
        }
    }

    public void Cancel() => CancelQuietly(_cancel);

    public void CountRepeat() => Interlocked.Increment(ref _repeatedCalls);

    /// <summary>Whether it is time to send rows one by one, since none has passed for long: a file that is wrong from beginning to
    /// end. It ends with the first row that passes.</summary>
    public bool IsEveryRowRefused => Volatile.Read(ref _refusedBatches) >= RefusedBatchesThatMeanEveryRow;

    /// <summary>Calls that settled an account, or told what is wrong with it.</summary>
    public int Answers => Volatile.Read(ref _answers);

    public void CountAnswer()
    {
        Interlocked.Increment(ref _answers);
        Volatile.Write(ref _exhausted, 0);
    }

    /// <summary>Some account of a call has passed.</summary>
    public void CountSuccess() => Volatile.Write(ref _refusedBatches, 0);

    /// <summary>More calls than accounts were needed to find out that every one of a batch is refused.</summary>
    public void CountRefusedBatch() => Interlocked.Increment(ref _refusedBatches);

    /// <summary>A call has failed for good in spite of its repeats.</summary>
    /// <param name="verdict">What became of its last try.</param>
    /// <param name="isOutage">Whether no call gets through.</param>
    public void CountExhausted(Verdict verdict, bool isOutage)
    {
        if (isOutage || Interlocked.Increment(ref _exhausted) >= ExhaustedCallsThatEndTheRun)
        {
            Stop(verdict.Error!, verdict.Info);
        }
    }

    public void Dispose()
    {
        Cancel();
        _mayStart.Dispose();
        _cancel.Dispose();
    }

    // Ctrl+C arrives on another thread and may come after the end.
    private static void CancelQuietly(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
        }
    }
}
