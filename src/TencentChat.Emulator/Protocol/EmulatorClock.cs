namespace TencentChat.Emulator.Protocol;

/// <summary>The emulator's idea of now: the time given, moved by hand. Waiting and counting calls are not moved along.</summary>
internal sealed class EmulatorClock(TimeProvider time)
{
    public const string Bounds = "The clock moves forward only, and not beyond the year 9000.";

    private long _offsetTicks;

    /// <summary>As far as it goes: beyond, dates that follow from it could no longer be told.</summary>
    public static DateTimeOffset End { get; } = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public TimeProvider Time { get; } = time;

    public DateTimeOffset UtcNow => Time.GetUtcNow().AddTicks(Interlocked.Read(ref _offsetTicks));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _offsetTicks, by.Ticks);

    public void Reset() => Interlocked.Exchange(ref _offsetTicks, 0);
}
