using TencentChat.Emulator.Options;

namespace TencentChat.Emulator.Gate;

/// <summary>Counts the calls let through in the last second. Calls it refuses do not count.</summary>
internal sealed class RateCounter(TimeProvider time, RateLimitWindow window)
{
    private readonly object _lock = new();
    private readonly Queue<long> _passed = new();
    private long _windowStart = long.MinValue;

    /// <summary>Lets a call through, or not: never more than <paramref name="limit"/> within the window.</summary>
    public bool TryPass(int limit)
    {
        // A clock that only moves forward: setting the computer's clock must not open or shut the gate.
        long now = time.GetTimestamp();
        lock (_lock)
        {
            if (window == RateLimitWindow.Fixed)
            {
                long start = now - (now % time.TimestampFrequency);
                if (start != _windowStart)
                {
                    _windowStart = start;
                    _passed.Clear();
                }
            }
            else
            {
                while (_passed.Count > 0 && now - _passed.Peek() >= time.TimestampFrequency)
                {
                    _passed.Dequeue();
                }
            }

            if (_passed.Count >= limit)
            {
                return false;
            }

            _passed.Enqueue(now);
            return true;
        }
    }
}
