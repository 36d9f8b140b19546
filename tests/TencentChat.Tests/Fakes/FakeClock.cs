namespace TencentChat.Tests.Fakes;

/// <summary>A clock that stands until it is moved, and fires its timers in their order.</summary>
internal sealed class FakeClock(long unixSeconds = 1_700_000_000) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private readonly long _origin = DateTimeOffset.FromUnixTimeSeconds(unixSeconds).Ticks;
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How far the clock was moved.</summary>
    public TimeSpan Elapsed => new(Interlocked.Read(ref _now));

    /// <summary>How late each timer fires; never, unless said.</summary>
    public Func<TimeSpan> Lateness { get; set; } = () => TimeSpan.Zero;

    /// <summary>When the next timer is due; null when nobody waits for time to pass.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            lock (_gate)
            {
                return _timers.Min(timer => timer.Due);
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => new(_origin + Interlocked.Read(ref _now), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, period);
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, and fires what is due at that moment. Nothing may be due before it.</summary>
    public void MoveTo(TimeSpan moment)
    {
        List<FakeTimer> due;
        lock (_gate)
        {
            Assert.True(moment.Ticks >= _now, "The clock does not go back.");
            Assert.DoesNotContain(_timers, timer => timer.Due < moment);
            Interlocked.Exchange(ref _now, moment.Ticks);
            due = _timers.FindAll(timer => timer.Due <= moment);
            due.ForEach(timer => timer.Due = null);
            _timers.RemoveAll(timer => timer.Due is null);
        }

        due.ForEach(timer => timer.Fire());
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan? Due { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool isFiredAtOnce = dueTime <= TimeSpan.Zero && dueTime != Timeout.InfiniteTimeSpan;
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                Due = null;
                if (!isFiredAtOnce && dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = clock.Elapsed + dueTime + clock.Lateness();
                    clock._timers.Add(this);
                }
            }

            if (isFiredAtOnce)
            {
                ThreadPool.QueueUserWorkItem(_ => Fire());
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
