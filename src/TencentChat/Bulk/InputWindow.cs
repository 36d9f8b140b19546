using System.Diagnostics.CodeAnalysis;

namespace TencentChat.Bulk;

/// <summary>
/// Says whether one more batch may be begun (P5), and wakes whoever waits for that or for a finished batch. Asked by the
/// one thread that puts rows in; told of events by any.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Semaphores that nobody waits in with a handle hold nothing.")]
internal sealed class InputWindow(BulkOptions options, int batchSize)
{
    // Batches between the input and the output.
    private readonly SemaphoreSlim _room = new(options.Capacity);

    // Those among them that still wait for their first call.
    private readonly SemaphoreSlim _unsent = new(BulkOptions.MostUnsent(batchSize));

    // Half of them at a time: to wake the thread that reads the input for each single one costs more than the batch.
    private readonly int _wakeAt = (BulkOptions.MostUnsent(batchSize) + 1) / 2;
    private TaskCompletionSource _changed = NewSignal();
    private bool _isRefused;

    /// <summary>Whether it is time to try again after a batch was refused.</summary>
    public bool HasRoomAgain => _isRefused && _room.CurrentCount > 0 && _unsent.CurrentCount >= _wakeAt;

    /// <summary>Completes at the next event. To be taken before looking, so that nothing that happens meanwhile is missed.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <returns>False when the window is full.</returns>
    public bool TryBegin()
    {
        _isRefused = !_room.Wait(0);
        if (!_isRefused && !_unsent.Wait(0))
        {
            _room.Release();
            _isRefused = true;
        }

        return !_isRefused;
    }

    /// <summary>A batch has made its first call, or has ended without one.</summary>
    public void OnLeave()
    {
        _unsent.Release();
        Signal();
    }

    /// <summary>A batch has been taken out. Whoever waits meanwhile may have looked just before that could be seen, and no other event need
    /// follow: the batch may have been the last.</summary>
    public void OnTaken()
    {
        _room.Release();
        Signal();
    }

    /// <summary>No more batches will be begun.</summary>
    public void OnInputEnd() => _isRefused = false;

    public void Signal() => Interlocked.Exchange(ref _changed, NewSignal()).SetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
