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
    private TaskCompletionSource _stirred = NewSignal();
    private bool _isRefused;

    /// <summary>Whether a batch that was refused could be begun now.</summary>
    public bool HasRoomAgain => _isRefused && _room.CurrentCount > 0 && _unsent.CurrentCount > 0;

    /// <summary>Completes at the next event. To be taken before looking, so that nothing that happens meanwhile is missed.</summary>
    public Task Stirred => Volatile.Read(ref _stirred).Task;

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
        Stir();
    }

    /// <summary>A batch has been taken out.</summary>
    public void OnTaken() => _room.Release();

    /// <summary>No more batches will be begun.</summary>
    public void OnInputEnd() => _isRefused = false;

    public void Stir() => Interlocked.Exchange(ref _stirred, NewSignal()).SetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
