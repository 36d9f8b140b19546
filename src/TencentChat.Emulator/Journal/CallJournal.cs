namespace TencentChat.Emulator.Journal;

/// <summary>
/// What the emulator received and what came of it. Holds the last calls, as many as the options say, and
/// totals of all. Safe to use from many threads.
/// </summary>
public sealed class CallJournal
{
    private readonly object _lock = new();
    private readonly int _capacity;
    private readonly List<JournalEntry> _ring = [];
    private readonly Dictionary<(string? Endpoint, int? Code, string? Fault), (long Calls, long Accounts)> _totals = [];
    private long _count;

    internal CallJournal(int capacity) => _capacity = capacity;

    /// <summary>How many calls there were in all.</summary>
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

    /// <summary>The calls still held, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Entries => EntriesAfter(0);

    /// <summary>The totals of all calls.</summary>
    public IReadOnlyList<JournalTotal> Totals
    {
        get
        {
            lock (_lock)
            {
                return [.. _totals.Select(total => new JournalTotal(total.Key.Endpoint, total.Key.Code, total.Key.Fault, total.Value.Calls, total.Value.Accounts))];
            }
        }
    }

    /// <summary>The calls after one that was seen already, as far as still held, oldest first.</summary>
    /// <param name="sequence">The number of the last call seen; 0 = none.</param>
    /// <param name="max">How many at most; the newest are taken.</param>
    public IReadOnlyList<JournalEntry> EntriesAfter(long sequence, int max = int.MaxValue)
    {
        lock (_lock)
        {
            int wanted = (int)Math.Min(Math.Min(max, _ring.Count), Math.Max(0, _count - sequence));
            var entries = new JournalEntry[wanted];
            for (int i = 0; i < wanted; i++)
            {
                entries[i] = _ring[(int)((_count - wanted + i) % _capacity)];
            }

            return entries;
        }
    }

    /// <summary>Forgets all calls and totals.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _ring.Clear();
            _totals.Clear();
            _count = 0;
        }
    }

    internal void Add(JournalEntry entry)
    {
        lock (_lock)
        {
            int place = (int)(_count % _capacity);
            entry = entry with { Sequence = ++_count };
            if (place == _ring.Count)
            {
                _ring.Add(entry);
            }
            else
            {
                _ring[place] = entry;
            }

            (string? Endpoint, int? Code, string? Fault) key = (entry.Endpoint, entry.Code, entry.Fault);
            (long Calls, long Accounts) total = _totals.GetValueOrDefault(key);
            _totals[key] = (total.Calls + 1, total.Accounts + entry.AccountCount);
        }
    }
}
