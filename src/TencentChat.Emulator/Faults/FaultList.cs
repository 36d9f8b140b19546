using TencentChat.Emulator.Protocol;

namespace TencentChat.Emulator.Faults;

/// <summary>
/// The faults in force, changeable at any time. Which calls are struck follows from the seed, the fault's number and how many
/// calls of the command came before, so the same calls in the same order meet the same faults. Safe to use from many threads.
/// </summary>
public sealed class FaultList
{
    private readonly object _lock = new();
    private readonly TimeProvider _time;
    private readonly ulong _seed;
    private readonly long[,] _callNumbers = new long[EndpointTable.All.Count, 2];
    private readonly List<Entry> _entries = [];
    private int _lastId;

    internal FaultList(int seed, TimeProvider time)
    {
        _seed = (ulong)seed;
        _time = time;
    }

    private enum Stage
    {
        /// <summary>What happens on the way to the service: before any check.</summary>
        OnTheWay,

        /// <summary>What the service itself does: to calls that have passed the gate.</summary>
        InTheService,
    }

    /// <summary>Adds a fault at the end of the list; where several would strike one call, the first does.</summary>
    /// <param name="fault">The fault; its number, switch and count of strikes start anew.</param>
    /// <returns>The fault with its number.</returns>
    public Fault Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_lock)
        {
            Fault added = fault with { Id = ++_lastId, Strikes = 0 };
            _entries.Add(new Entry(added));
            return added;
        }
    }

    /// <summary>Adds a fault written as <see cref="Fault.Parse"/> reads it.</summary>
    /// <param name="text">For example <c>im_set_attr:drop-after:0.01</c>.</param>
    /// <returns>The fault with its number.</returns>
    /// <exception cref="FormatException">The text is not a fault.</exception>
    public Fault Add(string text) => Add(Fault.Parse(text));

    /// <summary>Takes a fault out.</summary>
    /// <param name="id">Its number.</param>
    /// <returns>Whether it was there.</returns>
    public bool Remove(int id)
    {
        lock (_lock)
        {
            return _entries.RemoveAll(entry => entry.Fault.Id == id) > 0;
        }
    }

    /// <summary>Switches a fault on or off.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="isEnabled">On or off.</param>
    /// <returns>Whether it is there.</returns>
    public bool Enable(int id, bool isEnabled)
    {
        lock (_lock)
        {
            if (_entries.Find(entry => entry.Fault.Id == id) is not { } entry)
            {
                return false;
            }

            entry.Fault = entry.Fault with { IsEnabled = isEnabled };
            return true;
        }
    }

    /// <summary>Takes all faults out.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
        }
    }

    /// <summary>The faults as they are now, in their order.</summary>
    public IReadOnlyList<Fault> List()
    {
        lock (_lock)
        {
            return _entries.ConvertAll(entry => entry.Fault);
        }
    }

    internal void Reset(IEnumerable<Fault> faults)
    {
        lock (_lock)
        {
            _entries.Clear();
            _lastId = 0;
            Array.Clear(_callNumbers);
            foreach (Fault fault in faults)
            {
                Add(fault);
            }
        }
    }

    /// <summary>The fault that strikes a call before anything is looked at.</summary>
    internal Fault? StrikeOnTheWay(Endpoint endpoint) => Strike(endpoint, Stage.OnTheWay);

    /// <summary>The fault that strikes a call the gate has let in.</summary>
    internal Fault? StrikeInTheService(Endpoint endpoint) => Strike(endpoint, Stage.InTheService);

    private Fault? Strike(Endpoint endpoint, Stage stage)
    {
        lock (_lock)
        {
            long number = _callNumbers[endpoint.Index, (int)stage]++;
            foreach (Entry entry in _entries)
            {
                if (entry.Fault.IsEnabled
                    && StageOf(entry.Fault.Kind) == stage
                    && (entry.Fault.Endpoint == EndpointTable.AnyEndpoint || string.Equals(entry.Fault.Endpoint, endpoint.Name, StringComparison.Ordinal))
                    && Strikes(entry, endpoint, number))
                {
                    entry.Fault = entry.Fault with { Strikes = entry.Fault.Strikes + 1 };
                    return entry.Fault;
                }
            }

            return null;
        }
    }

    private bool Strikes(Entry entry, Endpoint endpoint, long number)
    {
        Fault fault = entry.Fault;
        if (fault.Kind == FaultKind.Throttle && entry.BurstEnds is { } ends && _time.GetTimestamp() < ends[endpoint.Index])
        {
            return true;
        }

        bool isLimitReached = fault.Limit is { } limit && entry.Begun >= limit;
        if (isLimitReached || SplitMix.ToUnit(SplitMix.Hash(_seed, (ulong)fault.Id, (ulong)endpoint.Index, (ulong)number)) >= fault.Rate)
        {
            return false;
        }

        entry.Begun++;
        if (fault.Kind == FaultKind.Throttle)
        {
            entry.BurstEnds ??= new long[EndpointTable.All.Count];
            entry.BurstEnds[endpoint.Index] = _time.GetTimestamp() + (_time.TimestampFrequency * fault.Argument / 1000);
        }

        return true;
    }

    private static Stage StageOf(FaultKind kind) =>
        kind is FaultKind.DropBefore or FaultKind.BadGateway or FaultKind.ServiceUnavailable ? Stage.OnTheWay : Stage.InTheService;

    private sealed class Entry(Fault fault)
    {
        public Fault Fault { get; set; } = fault;

        /// <summary>Strikes, where a burst counts as one.</summary>
        public long Begun { get; set; }

        /// <summary>Per command, until when a burst lasts.</summary>
        public long[]? BurstEnds { get; set; }
    }
}
