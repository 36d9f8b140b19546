using TencentChat.Emulator.Protocol;

namespace TencentChat.Emulator.Journal;

/// <summary>Calls of the last minute, second by second, for the page that shows them.</summary>
internal sealed class TrafficMeter(TimeProvider time)
{
    public const int Seconds = 60;

    private readonly object _lock = new();
    private readonly Second[] _ring = Enumerable.Range(0, Seconds).Select(_ => new Second()).ToArray();

    public void Count(Endpoint? endpoint, bool isThrottled, bool isFaulted)
    {
        lock (_lock)
        {
            Second second = At(Now);
            second.Throttled += isThrottled ? 1 : 0;
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
            return [.. Enumerable.Range(1, Seconds - 1).Select(i => At(now - Seconds + i, isNew: false).Copy())];
        }
    }

    private long Now => time.GetTimestamp() / time.TimestampFrequency;

    private Second At(long number, bool isNew = true)
    {
        Second second = _ring[((number % Seconds) + Seconds) % Seconds];
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

        public int Throttled { get; set; }

        public int Faulted { get; set; }

        public void Begin(long number)
        {
            Number = number;
            Throttled = Faulted = 0;
            Array.Clear(Passed);
        }

        public Second Copy() => new() { Number = Number, Passed = [.. Passed], Throttled = Throttled, Faulted = Faulted };
    }
}
