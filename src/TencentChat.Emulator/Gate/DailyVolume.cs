namespace TencentChat.Emulator.Gate;

/// <summary>Counts the calls of a UTC day against a trial app's volume.</summary>
internal sealed class DailyVolume
{
    private readonly object _lock = new();
    private DateOnly _day;
    private int _calls;

    public bool TryPass(DateTimeOffset now, int limit)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        lock (_lock)
        {
            if (day != _day)
            {
                _day = day;
                _calls = 0;
            }

            return ++_calls <= limit;
        }
    }
}
