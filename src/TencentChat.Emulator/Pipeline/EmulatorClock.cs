namespace TencentChat.Emulator;

/// <summary>The emulator's idea of now: the time given, moved by hand. Waiting and counting calls are not moved along.</summary>
internal sealed class EmulatorClock(TimeProvider time)
{
    private long _offsetTicks;

    public TimeProvider Time { get; } = time;

    public DateTimeOffset UtcNow => Time.GetUtcNow().AddTicks(Interlocked.Read(ref _offsetTicks));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _offsetTicks, by.Ticks);

    public void Reset() => Interlocked.Exchange(ref _offsetTicks, 0);
}
