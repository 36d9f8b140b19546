using TencentChat.Emulator.Protocol;

namespace TencentChat.Emulator.Journal;

/// <summary>Calls of the last minute, second by second, for the page that shows them.</summary>
internal sealed class TrafficMeter(TimeProvider time)
{
    public const int Seconds = 60;

    private readonly object _lock = new();
    // One more than are told: the second that has not ended yet.
    private readonly Second[] _ring = Enumerable.Range(0, Seconds + 1).Select(_ => new Second()).ToArray();

    public void Count(Endpoint? endpoint, bool isThrottled, bool isSuccess, bool isFaulted)
    {
        lock (_lock)
        {
            Second second = At(Now);
            second.Calls++;
            second.Throttled += isThrottled ? 1 : 0;
            second.Errors += isThrottled || isSuccess ? 0 : 1;
            second.Faulted += isFaulted ? 1 : 0;
            if (endpoint is not null && !isThrottled)
            {
                second.Passed[endpoint.Index]++;
            }
        }
    }

    /// <summary>The whole seconds before this one, oldest first.</summary>
    public IReadOnlyList<Second> Read()
    {
        lock (_lock)
        {
            long now = Now;
            return [.. Enumerable.Range(0, Seconds).Select(i => At(now - Seconds + i, isNew: false).Copy())];
        }
    }

    /// <summary>Forgets all calls.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            foreach (Second second in _ring)
            {
                second.Begin(long.MinValue);
            }
        }
    }

    private long Now => time.GetTimestamp() / time.TimestampFrequency;

    private Second At(long number, bool isNew = true)
    {
        Second second = _ring[((number % _ring.Length) + _ring.Length) % _ring.Length];
        if (second.Number == number)
        {
            return second;
        }

        if (!isNew)
        {
            return new Second();
        }

        second.Begin(number);
        return second;
    }

    internal sealed class Second
    {
        public long Number { get; private set; } = long.MinValue;

        public int[] Passed { get; private init; } = new int[EndpointTable.All.Count];

        public int Calls { get; set; }

        public int Throttled { get; set; }

        /// <summary>Calls that came to no success, the throttled ones apart.</summary>
        public int Errors { get; set; }

        public int Faulted { get; set; }

        public void Begin(long number)
        {
            Number = number;
            Calls = Throttled = Errors = Faulted = 0;
            Array.Clear(Passed);
        }

        public Second Copy() => new() { Number = Number, Passed = [.. Passed], Calls = Calls, Throttled = Throttled, Errors = Errors, Faulted = Faulted };
    }
}
