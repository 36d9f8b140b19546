using TencentChat.RateLimiting;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.RateLimiting;

/// <summary>Promise P4: never faster than the endpoint allows.</summary>
[Collection(VirtualTime.Collection)]
public sealed class RateLimiterTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(10)]
    public Task P4_calls_start_evenly(double limit) => VirtualTime.RunAsync((time, clock) =>
    {
        var callers = new Callers(new RateLimiter(limit, clock), clock);
        callers.Ask(300);
        time.AdvanceUntil(() => callers.Starts.Count == 300, TimeSpan.FromMinutes(1));
        foreach ((double earlier, double later) in callers.Starts.Skip(200).Zip(callers.Starts.Skip(201)))
        {
            Assert.InRange(later - earlier, (1 / limit) - 0.002, (1 / limit) + 0.002);
        }
    });

    [Fact]
    public Task P4_until_an_answer_comes_calls_leave_at_less_than_a_sixth_of_the_rate() => VirtualTime.RunAsync((time, clock) =>
    {
        var callers = new Callers(new RateLimiter(100, clock), clock) { RoundTrip = 0.5 };
        callers.Ask(200);
        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.InRange(callers.Starts.Count, 8, 9);
        time.Advance(TimeSpan.FromSeconds(2.5));
        Assert.InRange(callers.Starts.Count(start => start > 2), 95, 100);
    });

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(7.5, 8)]
    [InlineData(10, 10)]
    [InlineData(50, 50)]
    [InlineData(66, 66)]
    [InlineData(100, 100)]
    [InlineData(200, 200)]
    public Task P4_no_second_ever_has_more_starts_than_the_limit_whatever_the_pattern(double limit, int most) => VirtualTime.RunAsync((time, clock) =>
    {
        var random = new Random(4711);
        clock.Lateness = () => TimeSpan.FromMilliseconds(random.NextDouble() < 0.2 ? random.NextDouble() * 40 : random.NextDouble());
        var callers = new Callers(new RateLimiter(limit, clock), clock);
        for (int i = 0; i < 60; i++)
        {
            // Bursts, single callers, crowds, and pauses of all lengths up to a few seconds.
            callers.Ask(random.Next(3) == 0 ? random.Next(1, (int)(2 * limit) + 2) : random.Next(1, 4));
            time.Advance(TimeSpan.FromSeconds(Math.Pow(random.NextDouble(), 4) * 3));
        }

        time.AdvanceUntil(() => callers.AreAllDone, TimeSpan.FromHours(1));
        AssertNeverMoreThan(most, callers.Starts);
    });

    [Fact]
    public Task P4_the_rate_holds_on_average_although_timers_fire_late() => VirtualTime.RunAsync((time, clock) =>
    {
        var random = new Random(1);
        var callers = new Callers(new RateLimiter(100, clock), clock);
        callers.Ask(1100);
        time.Advance(TimeSpan.FromSeconds(2));
        int before = callers.Starts.Count;
        clock.Lateness = () => TimeSpan.FromMilliseconds(random.NextDouble() * 16);
        time.Advance(TimeSpan.FromSeconds(8));
        Assert.InRange(callers.Starts.Count - before, 785, 800);
    });

    [Fact]
    public Task P4_what_a_standstill_cost_is_made_up_for_within_the_limit() => VirtualTime.RunAsync((time, clock) =>
    {
        // Half of what the service would take, so that there is room to make up in.
        var callers = new Callers(new RateLimiter(100, clock), clock);
        callers.Ask(1);
        time.Advance(TimeSpan.FromSeconds(5));
        callers.Ask(100);
        time.Advance(TimeSpan.FromSeconds(0.3));
        int before = callers.Starts.Count;
        clock.Lateness = () => TimeSpan.FromMilliseconds(250);
        time.Advance(TimeSpan.FromMilliseconds(240));
        Assert.InRange(callers.Starts.Count - before, 0, 1);
        clock.Lateness = () => TimeSpan.Zero;
        time.Advance(TimeSpan.FromSeconds(0.46));
        Assert.InRange(callers.Starts.Count, 97, 101);
        AssertNeverMoreThan(100, callers.Starts);
        Assert.All(callers.Starts.Zip(callers.Starts.Skip(3)), pair => Assert.True(pair.Second - pair.First >= 0.01 - 1e-6));
    });

    [Fact]
    public Task P4_a_long_pause_ends_in_no_burst() => VirtualTime.RunAsync((time, clock) =>
    {
        var callers = new Callers(new RateLimiter(100, clock), clock);
        callers.Ask(1);
        time.Advance(TimeSpan.FromHours(1));
        callers.Ask(50);
        VirtualTime.Settle();
        Assert.InRange(callers.Starts.Count - 1, 1, 3);
    });

    [Fact]
    public Task P4_a_call_whose_answer_was_late_is_taken_to_have_arrived_late() => VirtualTime.RunAsync((time, clock) =>
    {
        // Five calls are held up on their way by 45 milliseconds. In the second after they have come there is no room for them again.
        static double RoundTrip(int call) => call is >= 300 and < 305 ? 0.065 : 0.02;
        var callers = new Callers(new RateLimiter(100, clock), clock) { RoundTripOf = RoundTrip };
        callers.Ask(600);
        time.AdvanceUntil(() => callers.AreAllDone, TimeSpan.FromMinutes(1));
        AssertNeverMoreThan(100, [.. callers.Starts.Select((start, call) => start + RoundTrip(call)).Order()]);
        Assert.InRange(callers.Starts[599] - callers.Starts[299], 3, 3.05);
    });

    [Fact]
    public Task P4_a_throttled_call_slows_down_those_who_wait_already() => VirtualTime.RunAsync((time, clock) =>
    {
        var limiter = new RateLimiter(100, clock);
        var callers = new Callers(limiter, clock) { MostTaken = 40 };
        callers.Ask(1000);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.InRange(limiter.CallsPerSecond, 25, 42);
        Assert.InRange(callers.Starts.Count(start => start is > 2 and <= 3), 25, 44);
        Assert.True(limiter.AreOthersLikely);
    });

    [Fact]
    public Task P4_the_rate_climbs_back_and_never_falls_to_nothing() => VirtualTime.RunAsync((time, clock) =>
    {
        var limiter = new RateLimiter(100, clock);
        var callers = new Callers(limiter, clock) { MostTaken = 0 };
        callers.Ask(100_000);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.InRange(limiter.CallsPerSecond, 1, 3);
        Assert.InRange(callers.Starts.Count(start => start > 25), 4, 15);
        callers.MostTaken = int.MaxValue;
        for (int second = 0; second < 40 && limiter.CallsPerSecond < 100; second++)
        {
            double last = limiter.CallsPerSecond;
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.InRange(limiter.CallsPerSecond, last, 100);
        }

        Assert.Equal(100, limiter.CallsPerSecond);
    });

    [Fact]
    public Task P4_a_rate_below_one_call_a_second_falls_to_its_half_and_no_further() => VirtualTime.RunAsync((time, clock) =>
    {
        var limiter = new RateLimiter(0.5, clock);
        var callers = new Callers(limiter, clock) { MostTaken = 0 };
        callers.Ask(20);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.InRange(limiter.CallsPerSecond, 0.25, 0.27);
    });

    [Fact]
    public Task P4_what_was_learned_is_forgotten_after_a_pause() => VirtualTime.RunAsync((time, clock) =>
    {
        var limiter = new RateLimiter(100, clock);
        var callers = new Callers(limiter, clock) { MostTaken = 0 };
        callers.Ask(30);
        time.AdvanceUntil(() => callers.AreAllDone, TimeSpan.FromMinutes(1));
        Assert.InRange(limiter.CallsPerSecond, 1, 3);
        callers.MostTaken = int.MaxValue;
        time.Advance(TimeSpan.FromMinutes(1));
        callers.Ask(200);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(100, limiter.CallsPerSecond);
    });

    [Fact]
    public Task P4_waiters_who_give_up_leave_no_gap() => VirtualTime.RunAsync((time, clock) =>
    {
        var callers = new Callers(new RateLimiter(10, clock), clock);
        callers.Ask(1);
        VirtualTime.Settle();
        using var givingUp = new CancellationTokenSource();
        callers.Ask(100, givingUp.Token);
        callers.Ask(1);
        time.Advance(TimeSpan.FromMilliseconds(50));
        givingUp.Cancel();
        VirtualTime.Settle();
        Assert.Single(callers.Starts);
        time.Advance(TimeSpan.FromMilliseconds(360));
        Assert.Equal(2, callers.Starts.Count);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(callers.AreAllDone);
    });

    [Fact]
    public Task P8_a_waiter_who_gave_up_before_its_turn_never_starts() => VirtualTime.RunAsync((time, clock) =>
    {
        using var givingUp = new CancellationTokenSource();
        givingUp.Cancel();
        var callers = new Callers(new RateLimiter(100, clock), clock);
        callers.Ask(3, givingUp.Token);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(callers.Starts);
        Assert.True(callers.AreAllDone);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_rate_of_nothing_is_refused(double limit) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateLimiter(limit, new FakeClock()));

    private static void AssertNeverMoreThan(int most, List<double> starts)
    {
        for (int i = 0; i + most < starts.Count; i++)
        {
            Assert.True(starts[i + most] - starts[i] >= 1 - 1e-6, $"{most + 1} calls between {starts[i]} s and {starts[i + most]} s.");
        }
    }

    // Callers of a limiter, the moments at which they were let through, and a service that answers them.
    private sealed class Callers(RateLimiter limiter, FakeClock clock)
    {
        private readonly Lock _gate = new();
        private readonly Queue<double> _taken = new();
        private int _waiting;

        public List<double> Starts { get; } = [];

        public bool AreAllDone => Volatile.Read(ref _waiting) == 0;

        /// <summary>Seconds from a start to its answer.</summary>
        public double RoundTrip { get; init; } = 0.02;

        /// <summary>The same for a call by its number, where they differ.</summary>
        public Func<int, double>? RoundTripOf { get; init; }

        /// <summary>The calls that the service takes in a second.</summary>
        public int MostTaken { get; set; } = int.MaxValue;

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
                LimitedCall call = await limiter.WaitAsync(cancellationToken).ConfigureAwait(false);
                double roundTrip;
                bool isTaken;
                lock (_gate)
                {
                    roundTrip = RoundTripOf?.Invoke(Starts.Count) ?? RoundTrip;
                    Starts.Add(clock.Elapsed.TotalSeconds);
                    isTaken = TryTake(clock.Elapsed.TotalSeconds);
                }

                await Task.Delay(TimeSpan.FromSeconds(roundTrip), clock, CancellationToken.None).ConfigureAwait(false);
                limiter.End(call, isTaken ? CallEnd.Answered : CallEnd.Throttled);
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

        private bool TryTake(double now)
        {
            while (_taken.TryPeek(out double first) && now - first >= 1)
            {
                _taken.Dequeue();
            }

            if (_taken.Count >= MostTaken)
            {
                return false;
            }

            _taken.Enqueue(now);
            return true;
        }
    }
}
