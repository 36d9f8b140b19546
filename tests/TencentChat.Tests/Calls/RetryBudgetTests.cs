using TencentChat.Calls;
using TencentChat.Errors;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Calls;

/// <summary>Promise P6: repeats are bounded in tries and time, and wait longer and longer, each a little differently.</summary>
public sealed class RetryBudgetTests
{
    [Fact]
    public void P6_waits_double_from_the_base_to_the_longest()
    {
        var budget = new RetryBudget(new RetryPolicy { Jitter = () => 0 }, new FakeClock());
        Assert.Equal([0.5, 1, 2, 4, 8, 15], Waits(budget, ErrorClass.Retry).Select(wait => wait.TotalSeconds));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void P6_jitter_shortens_each_wait_by_up_to_half(double jitter)
    {
        var plain = new RetryBudget(new RetryPolicy { Jitter = () => 0 }, new FakeClock());
        var jittered = new RetryBudget(new RetryPolicy { Jitter = () => jitter }, new FakeClock());
        foreach ((TimeSpan longest, TimeSpan wait) in Waits(plain, ErrorClass.Retry).Zip(Waits(jittered, ErrorClass.Retry)))
        {
            Assert.Equal(longest.TotalSeconds * (1 - (jitter / 2)), wait.TotalSeconds, 6);
        }
    }

    [Fact]
    public void P6_the_default_jitter_spreads_the_waits_between_half_and_whole()
    {
        var firstWaits = Enumerable.Range(0, 200).Select(_ => Waits(new RetryBudget(new RetryPolicy(), new FakeClock()), ErrorClass.Retry)[0].TotalSeconds).ToList();
        Assert.All(firstWaits, wait => Assert.InRange(wait, 0.25, 0.5));
        Assert.True(firstWaits.Distinct().Count() > 100);
        Assert.True(firstWaits.Max() - firstWaits.Min() > 0.15);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(6, 6)]
    [InlineData(20, 20)]
    public void P6_a_fault_is_repeated_as_often_as_the_policy_says(int maxRetry, int repeats)
    {
        var policy = new RetryPolicy { MaxRetry = maxRetry, TotalTime = TimeSpan.FromHours(1) };
        Assert.Equal(repeats, Waits(new RetryBudget(policy, new FakeClock()), ErrorClass.Retry).Count);
        Assert.Equal(repeats, Waits(new RetryBudget(policy, new FakeClock()), ErrorClass.Conflict).Count);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(6, 24)]
    public void P6_a_throttled_try_counts_a_quarter(int maxRetry, int repeats)
    {
        var policy = new RetryPolicy { MaxRetry = maxRetry, TotalTime = TimeSpan.FromHours(1) };
        Assert.Equal(repeats, Waits(new RetryBudget(policy, new FakeClock()), ErrorClass.Throttle).Count);
    }

    [Fact]
    public void P6_no_repeat_starts_after_the_total_time()
    {
        var clock = new FakeClock();
        var budget = new RetryBudget(new RetryPolicy { TotalTime = TimeSpan.FromSeconds(10), Jitter = () => 0 }, clock);
        Assert.True(budget.TryTake(ErrorClass.Retry, out _));
        clock.MoveTo(TimeSpan.FromSeconds(9));
        Assert.True(budget.TryTake(ErrorClass.Retry, out TimeSpan wait));
        Assert.Equal(1, wait.TotalSeconds);
        clock.MoveTo(TimeSpan.FromSeconds(9.1));
        Assert.False(budget.TryTake(ErrorClass.Retry, out _));
    }

    private static List<TimeSpan> Waits(RetryBudget budget, ErrorClass errorClass)
    {
        var waits = new List<TimeSpan>();
        while (budget.TryTake(errorClass, out TimeSpan wait))
        {
            waits.Add(wait);
            Assert.True(waits.Count < 1000, "The budget has no end.");
        }

        return waits;
    }
}
