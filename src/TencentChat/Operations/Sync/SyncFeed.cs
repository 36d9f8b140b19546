using System.Runtime.CompilerServices;
using TencentChat.Bulk;
using TencentChat.Errors;

namespace TencentChat.Operations.Sync;

/// <summary>Drives the two runs of a synchronization, for programs that await its results.</summary>
internal sealed class SyncFeed : IDisposable
{
    private readonly BulkRun<DesiredUser> _reading;
    private readonly BulkRun<SyncResult> _writing;
    private readonly IEnumerator<DesiredUser> _users;
    private readonly TableSync _sync;
    private readonly Queue<SyncResult> _decided = new();
    private Task<bool>? _moreRead;
    private Task<bool>? _moreWritten;
    private bool _isUserLeft;
    private bool _isRead;

    private SyncFeed(BulkRun<DesiredUser> reading, BulkRun<SyncResult> writing, DesiredTable table, SyncRules rules)
    {
        _reading = reading;
        _writing = writing;
        _sync = new TableSync(table, rules, reading.Control, writing.Control, _decided.Enqueue);
        _users = table.Complete().GetEnumerator();
        MoveNext();
    }

    /// <summary>Reads the table when the results are asked for, starts the runs, gives the results, and ends the runs with them.</summary>
    /// <exception cref="ChatServiceException">After the last result: a run was stopped (P7).</exception>
    public static async IAsyncEnumerable<SyncResult> RunAsync(
        Func<BulkRun<DesiredUser>> startReading,
        Func<BulkRun<SyncResult>> startWriting,
        Func<DesiredTable> readTable,
        SyncRules rules,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DesiredTable table = readTable();
        using var feed = new SyncFeed(startReading(), startWriting(), table, rules);
        using CancellationTokenRegistration registration = cancellationToken.Register(feed.Cancel);
        do
        {
            feed.Advance();
            while (feed._writing.TryTake(out Batch<SyncResult>? batch))
            {
                foreach (SyncResult result in batch.Rows)
                {
                    yield return result;
                }
            }
        }
        while (await feed.WaitAsync().ConfigureAwait(false));

        if ((feed._reading.Control.Reason ?? feed._writing.Control.Reason) is { } reason)
        {
            throw new ChatServiceException(reason.Error, reason.Info);
        }
    }

    public void Dispose()
    {
        Cancel();
        _reading.Dispose();
        _writing.Dispose();
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

        while (PassOn() && _reading.TryTake(out Batch<DesiredUser>? batch))
        {
            _sync.OnRead(batch.Rows);
        }

        if (_isRead && _decided.Count == 0)
        {
            _writing.Complete();
        }
    }

    private bool PassOn()
    {
        while (_decided.TryPeek(out SyncResult? row) && _writing.TryAdd(row))
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
