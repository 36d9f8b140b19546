using System.Runtime.CompilerServices;
using TencentChat.Errors;

namespace TencentChat.Bulk;

/// <summary>
/// Drives two runs for programs that await results: one reads the users of a table, and what is decided of them goes into
/// one that writes.
/// </summary>
internal sealed class TableFeed<TRead, TWrite> : IDisposable
    where TRead : ChatResult, IBulkRow<TRead>
    where TWrite : ChatResult, IBulkRow<TWrite>
{
    private readonly BulkRun<TRead> _reading;
    private readonly BulkRun<TWrite> _writing;
    private readonly IEnumerator<TRead> _users;
    private readonly Action<IReadOnlyList<TRead>> _decide;
    private readonly Queue<TWrite> _decided = new();
    private Task<bool>? _moreRead;
    private Task<bool>? _moreWritten;
    private bool _isUserLeft;
    private bool _isRead;

    private TableFeed(BulkRun<TRead> reading, BulkRun<TWrite> writing, Opening open)
    {
        _reading = reading;
        _writing = writing;
        (IEnumerable<TRead> users, _decide) = open(reading.Control, writing.Control, _decided.Enqueue);
        _users = users.GetEnumerator();
        MoveNext();
        _decide([]);
    }

    /// <summary>Reads the table.</summary>
    /// <param name="reading">The run that reads.</param>
    /// <param name="writing">The run that writes.</param>
    /// <param name="send">Takes rows that are decided, in the table's order.</param>
    /// <returns>The users to read, and what takes those that were read; it is called once before with none.</returns>
    public delegate (IEnumerable<TRead> Users, Action<IReadOnlyList<TRead>> Decide) Opening(RunControl reading, RunControl writing, Action<TWrite> send);

    /// <summary>Reads the table when the results are asked for, starts the runs, gives the results, and ends the runs with them.</summary>
    /// <exception cref="ChatServiceException">After the last result: a run was stopped (P7).</exception>
    public static async IAsyncEnumerable<TWrite> RunAsync(
        Func<BulkRun<TRead>> startReading, Func<BulkRun<TWrite>> startWriting, Opening open, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using BulkRun<TRead> reading = startReading();
        using BulkRun<TWrite> writing = startWriting();
        using var feed = new TableFeed<TRead, TWrite>(reading, writing, open);
        using CancellationTokenRegistration registration = cancellationToken.Register(feed.Cancel);
        do
        {
            feed.Advance();
            while (writing.TryTake(out Batch<TWrite>? batch))
            {
                foreach (TWrite result in batch.Rows)
                {
                    yield return result;
                }
            }
        }
        while (await feed.WaitAsync().ConfigureAwait(false));

        if ((reading.Control.Reason ?? writing.Control.Reason) is { } reason)
        {
            throw new ChatServiceException(reason.Error, reason.Info);
        }
    }

    public void Dispose()
    {
        Cancel();
        _users.Dispose();
    }

    private void Cancel()
    {
        _reading.Control.Cancel();
        _writing.Control.Cancel();
    }

    private void MoveNext()
    {
        _isUserLeft = _users.MoveNext();
        if (!_isUserLeft)
        {
            _reading.Complete();
        }
    }

    // What was read is only taken when all that was decided before is on its way.
    private void Advance()
    {
        while (_isUserLeft && _reading.TryAdd(_users.Current))
        {
            MoveNext();
        }

        while (PassOn() && _reading.TryTake(out Batch<TRead>? batch))
        {
            _decide(batch.Rows);
        }

        if (_isRead && _decided.Count == 0)
        {
            _writing.Complete();
        }
    }

    private bool PassOn()
    {
        while (_decided.TryPeek(out TWrite? row) && _writing.TryAdd(row))
        {
            _decided.Dequeue();
        }

        return _decided.Count == 0;
    }

    /// <returns>False when there will be no result any more.</returns>
    private async Task<bool> WaitAsync()
    {
        _moreRead ??= _reading.WaitAsync();
        _moreWritten ??= _writing.WaitAsync();
        await Task.WhenAny(_isRead || _decided.Count > 0 ? [_moreWritten] : [_moreRead, _moreWritten]).ConfigureAwait(false);
        if (!_isRead && _moreRead.IsCompleted)
        {
            _isRead = !await _moreRead.ConfigureAwait(false);
            _moreRead = null;
        }

        if (!_moreWritten.IsCompleted)
        {
            return true;
        }

        bool isMore = await _moreWritten.ConfigureAwait(false);
        _moreWritten = null;
        return isMore;
    }
}
