using TencentChat.Calls;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Calls;

/// <summary>Promise P4: never faster than the endpoint allows.</summary>
[Collection(VirtualTime.Collection)]
public sealed class PacerTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(10)]
    public Task P4_calls_start_evenly(double limit) => VirtualTime.RunAsync((time, clock) =>
    {
        var pacer = new Pacer(limit, clock);
        var starts = new Starts(pacer, clock);
        starts.Ask(200);
        time.AdvanceUntil(() => starts.Count == 200, TimeSpan.FromMinutes(1));
        double interval = 1 / (limit * 0.97);
        foreach ((double earlier, double later) in starts.Moments.Skip(20).Zip(starts.Moments.Skip(21)))
        {
            Assert.InRange(later - earlier, interval - 0.002, interval + 0.002);
        }
    });

    [Fact]
    public Task P4_the_first_calls_which_open_connections_leave_at_half_the_pace() => VirtualTime.RunAsync((time, clock) =>
    {
        var starts = new Starts(new Pacer(100, clock), clock);
        starts.Ask(30);
        time.AdvanceUntil(() => starts.Count == 30, TimeSpan.FromSeconds(2));
        Assert.Equal(0, starts.Moments[0]);
        Assert.InRange(starts.Moments[10], 20 / 97.0, (20 / 97.0) + 0.002);
        Assert.InRange(starts.Moments[20], 30 / 97.0, 32 / 97.0);
    });

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(7.5, 8)]
    [InlineData(10, 10)]
    [InlineData(50, 49)]
    [InlineData(66, 65)]
    [InlineData(100, 97)]
    [InlineData(200, 194)]
    public Task P4_no_second_ever_has_more_starts_than_the_limit_whatever_the_pattern(double limit, int most) => VirtualTime.RunAsync((time, clock) =>
    {
        var random = new Random(4711);
        clock.Lateness = () => TimeSpan.FromMilliseconds(random.NextDouble() < 0.2 ? random.NextDouble() * 40 : random.NextDouble());
        var pacer = new Pacer(limit, clock);
        var starts = new Starts(pacer, clock);
        for (int i = 0; i < 60; i++)
        {
            // Bursts, single callers, crowds, and pauses of all lengths up to a few seconds.
            starts.Ask(random.Next(3) == 0 ? random.Next(1, (int)(2 * limit) + 2) : random.Next(1, 4));
            time.Advance(TimeSpan.FromSeconds(Math.Pow(random.NextDouble(), 4) * 3));
        }

        time.AdvanceUntil(() => starts.AreAllDone, TimeSpan.FromHours(1));
        AssertNeverMoreThan(most, starts.Moments);
    });

    [Fact]
    public Task P4_the_pace_holds_on_average_although_timers_fire_late() => VirtualTime.RunAsync((time, clock) =>
    {
        var random = new Random(1);
        clock.Lateness = () => TimeSpan.FromMilliseconds(random.NextDouble() * 16);
        var pacer = new Pacer(100, clock);
        var starts = new Starts(pacer, clock);
        starts.Ask(970);
        time.AdvanceUntil(() => starts.AreAllDone, TimeSpan.FromMinutes(1));
        Assert.InRange(clock.Elapsed.TotalSeconds, 10, 10.2);
    });

    [Fact]
    public Task P4_what_a_standstill_cost_is_made_up_for_within_the_limit() => VirtualTime.RunAsync((time, clock) =>
    {
        int timers = 0;
        clock.Lateness = () => TimeSpan.FromMilliseconds(++timers % 300 == 0 ? 250 : 0);
        var pacer = new Pacer(100, clock);
        var starts = new Starts(pacer, clock);
        starts.Ask(1940);
        time.AdvanceUntil(() => starts.AreAllDone, TimeSpan.FromMinutes(1));
        Assert.InRange(clock.Elapsed.TotalSeconds, 20, 20.5);
        AssertNeverMoreThan(97, starts.Moments);
        Assert.All(starts.Moments.Zip(starts.Moments.Skip(3)), pair => Assert.True(pair.Second - pair.First >= 0.01));
    });

    [Fact]
    public Task P4_a_long_pause_ends_in_no_burst() => VirtualTime.RunAsync((time, clock) =>
    {
        var pacer = new Pacer(100, clock);
        var starts = new Starts(pacer, clock);
        starts.Ask(1);
        time.Advance(TimeSpan.FromHours(1));
        starts.Ask(50);
        VirtualTime.Settle();
        Assert.InRange(starts.Count - 1, 1, 3);
    });

    [Fact]
    public Task P4_a_throttle_answer_halves_the_pace_once_per_episode() => VirtualTime.RunAsync((time, clock) =>
    {
        var pacer = new Pacer(100, clock);
        time.Advance(TimeSpan.FromSeconds(1));
        double before = clock.Elapsed.TotalSeconds;
        time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.True(pacer.Throttled(before));
        Assert.Equal(48.5, pacer.CallsPerSecond, 6);
        Assert.True(pacer.IsSlowed);

        // The others that were in flight when the first was refused say nothing new.
        Assert.False(pacer.Throttled(before));
        Assert.False(pacer.Throttled(clock.Elapsed.TotalSeconds));
        Assert.Equal(48.5, pacer.CallsPerSecond, 6);

        // Neither do those that left in the same second: the service had counted it full.
        time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(pacer.Throttled(clock.Elapsed.TotalSeconds));

        time.Advance(TimeSpan.FromSeconds(0.2));
        double rate = pacer.CallsPerSecond;
        Assert.True(pacer.Throttled(clock.Elapsed.TotalSeconds));
        Assert.Equal(rate / 2, pacer.CallsPerSecond, 6);
    });

    [Fact]
    public Task P4_the_pace_climbs_back_and_never_falls_to_nothing() => VirtualTime.RunAsync((time, clock) =>
    {
        var pacer = new Pacer(100, clock);
        for (int i = 0; i < 20; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1.01));
            pacer.Throttled(clock.Elapsed.TotalSeconds);
        }

        Assert.InRange(pacer.CallsPerSecond, 1, 1.1);
        double last = pacer.CallsPerSecond;
        for (int second = 0; second < 120 && pacer.IsSlowed; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.InRange(pacer.CallsPerSecond, last, 97);
            last = pacer.CallsPerSecond;
        }

        Assert.False(pacer.IsSlowed);
        Assert.Equal(97, pacer.CallsPerSecond, 6);
    });

    [Fact]
    public Task P4_the_climb_slows_down_just_below_the_pace_that_was_refused() => VirtualTime.RunAsync((time, clock) =>
    {
        var pacer = new Pacer(100, clock);
        time.Advance(TimeSpan.FromSeconds(1));
        pacer.Throttled(clock.Elapsed.TotalSeconds);
        time.Advance(TimeSpan.FromSeconds(1.7));
        double atKnee = pacer.CallsPerSecond;
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.InRange(atKnee, 0.88 * 97, 0.92 * 97);
        Assert.InRange(pacer.CallsPerSecond - atKnee, 1, 3);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(pacer.IsSlowed);
    });

    [Fact]
    public Task P4_a_pace_below_one_call_a_second_is_halved_as_well() => VirtualTime.RunAsync((time, clock) =>
    {
        var pacer = new Pacer(0.5, clock);
        time.Advance(TimeSpan.FromSeconds(1));
        pacer.Throttled(clock.Elapsed.TotalSeconds);
        Assert.Equal(0.5 * 0.97 / 2, pacer.CallsPerSecond, 6);
    });

    [Fact]
    public Task P4_a_cut_reaches_those_who_wait_already() => VirtualTime.RunAsync((time, clock) =>
    {
        var pacer = new Pacer(100, clock);
        var starts = new Starts(pacer, clock);
        starts.Ask(200);
        time.Advance(TimeSpan.FromSeconds(0.5));
        int before = starts.Count;
        pacer.Throttled(clock.Elapsed.TotalSeconds);
        time.Advance(TimeSpan.FromSeconds(0.5));

        // 48.5 a second at first, 58 after half a second.
        Assert.InRange(starts.Count - before, 23, 30);
    });

    [Fact]
    public Task P4_waiters_who_give_up_leave_no_gap() => VirtualTime.RunAsync((time, clock) =>
    {
        var pacer = new Pacer(10, clock);
        var starts = new Starts(pacer, clock);
        starts.Ask(1);
        VirtualTime.Settle();
        using var givingUp = new CancellationTokenSource();
        starts.Ask(100, givingUp.Token);
        starts.Ask(1);
        time.Advance(TimeSpan.FromMilliseconds(50));
        givingUp.Cancel();
        VirtualTime.Settle();
        Assert.Equal(1, starts.Count);
        time.Advance(TimeSpan.FromMilliseconds(160));
        Assert.Equal(2, starts.Count);
        Assert.True(starts.AreAllDone);
    });

    [Fact]
    public Task P8_a_waiter_who_gave_up_before_its_turn_never_starts() => VirtualTime.RunAsync((time, clock) =>
    {
        var pacer = new Pacer(100, clock);
        using var givingUp = new CancellationTokenSource();
        givingUp.Cancel();
        var starts = new Starts(pacer, clock);
        starts.Ask(3, givingUp.Token);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, starts.Count);
        Assert.True(starts.AreAllDone);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_pace_of_nothing_is_refused(double limit) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pacer(limit, new FakeClock()));

    private static void AssertNeverMoreThan(int most, List<double> moments)
    {
        for (int i = 0; i + most < moments.Count; i++)
        {
            Assert.True(moments[i + most] - moments[i] >= 1 - 1e-6, $"{most + 1} calls between {moments[i]} s and {moments[i + most]} s.");
        }
    }

    // Callers of a pacer, and the moments at which they were let through.
    private sealed class Starts(Pacer pacer, FakeClock clock)
    {
        private readonly Lock _gate = new();
        private readonly List<double> _moments = [];
        private int _waiting;

        public int Count
        {
            get
            {
                lock (_gate)
                {
                    return _moments.Count;
                }
            }
        }

        public List<double> Moments => _moments;

        public bool AreAllDone => Volatile.Read(ref _waiting) == 0;

        public void Ask(int callers, CancellationToken cancellationToken = default)
        {
            for (int i = 0; i < callers; i++)
            {
                Interlocked.Increment(ref _waiting);
                _ = AskAsync(cancellationToken);
            }
        }

        private async Task AskAsync(CancellationToken cancellationToken)
        {
            try
            {
                await pacer.WaitAsync(cancellationToken).ConfigureAwait(false);
                lock (_gate)
                {
                    _moments.Add(clock.Elapsed.TotalSeconds);
                }
            }
            catch (OperationCanceledException)
            {
                // Gave up: not a start.
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }
        }
    }
}
