namespace TencentChat.Emulator.State;

/// <summary>The pushes that went out: the last thousand, and the number of all. Safe to use from many threads.</summary>
public sealed class PushList
{
    /// <summary>As many accounts of a push as are kept.</summary>
    internal const int MaxAccounts = 1000;

    private const int MaxKept = 1000;

    private readonly object _lock;
    private readonly List<Push> _kept = [];
    private long _count;

    internal PushList(object stateLock) => _lock = stateLock;

    /// <summary>How many pushes went out in all.</summary>
    public long Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <summary>The pushes still held, oldest first.</summary>
    public IReadOnlyList<Push> Sent => SentAfter(0);

    /// <summary>The pushes after one that was seen already, as far as still held, oldest first.</summary>
    /// <param name="sequence">The number of the last push seen; 0 = none.</param>
    /// <param name="max">How many at most; the newest are taken.</param>
    public IReadOnlyList<Push> SentAfter(long sequence, int max = int.MaxValue)
    {
        lock (_lock)
        {
            return [.. _kept.Where(push => push.Sequence > sequence).TakeLast(max)];
        }
    }

    /// <summary>The number the next push gets.</summary>
    internal long NextSequence => _count + 1;

    internal void Add(Push push)
    {
        if (_kept.Count == MaxKept)
        {
            _kept.RemoveAt(0);
        }

        _kept.Add(push);
        _count++;
    }

    internal Push? Find(string taskId) => _kept.Find(push => string.Equals(push.TaskId, taskId, StringComparison.Ordinal));

    /// <summary>Puts a push that has changed in the place of itself.</summary>
    internal void Change(Push push)
    {
        int place = _kept.FindIndex(other => other.Sequence == push.Sequence);
        if (place >= 0)
        {
            _kept[place] = push;
        }
    }

    internal void Clear()
    {
        _kept.Clear();
        _count = 0;
    }
}
