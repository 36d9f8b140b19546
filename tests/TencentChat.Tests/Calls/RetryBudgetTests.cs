using TencentChat.Calls;
using TencentChat.Errors;
using TencentChat.Protocol;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Calls;

/// <summary>Promise P6: repeats are bounded in tries and time, and wait longer and longer, each a little differently.</summary>
public sealed class RetryBudgetTests
{
    private static readonly Verdict s_fault = Verdict.Of(ReplyOf(91000), othersPass: true);
    private static readonly Verdict s_conflict = Verdict.Of(ReplyOf(30008), othersPass: true);
    private static readonly Verdict s_throttled = Verdict.Of(ReplyOf(60007), othersPass: true);
    private static readonly Verdict s_unsent = Verdict.Of(new ChatTransportException(TransportFault.Unreachable, "no way"), othersPass: true);

    [Fact]
    public void P6_waits_double_from_the_base_to_the_longest()
    {
        var budget = new RetryBudget(new RetryPolicy { Jitter = () => 0 }, new FakeClock());
        Assert.Equal([0.5, 1, 2, 4, 8, 15], Waits(budget, s_fault).Select(wait => wait.TotalSeconds));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void P6_jitter_shortens_each_wait_by_up_to_half(double jitter)
    {
        var plain = new RetryBudget(new RetryPolicy { Jitter = () => 0 }, new FakeClock());
        var jittered = new RetryBudget(new RetryPolicy { Jitter = () => jitter }, new FakeClock());
        foreach ((TimeSpan longest, TimeSpan wait) in Waits(plain, s_fault).Zip(Waits(jittered, s_fault)))
        {
            Assert.Equal(longest.TotalSeconds * (1 - (jitter / 2)), wait.TotalSeconds, 6);
        }
    }

    [Fact]
    public void P6_the_default_jitter_spreads_the_waits_between_half_and_whole()
    {
        var firstWaits = Enumerable.Range(0, 200).Select(_ => Waits(new RetryBudget(new RetryPolicy(), new FakeClock()), s_fault)[0].TotalSeconds).ToList();
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
        Assert.Equal(repeats, Waits(new RetryBudget(policy, new FakeClock()), s_fault).Count);
        Assert.Equal(repeats, Waits(new RetryBudget(policy, new FakeClock()), s_conflict).Count);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(6, 24)]
    public void P6_a_throttled_try_counts_a_quarter(int maxRetry, int repeats)
    {
        var policy = new RetryPolicy { MaxRetry = maxRetry, TotalTime = TimeSpan.FromHours(1) };
        Assert.Equal(repeats, Waits(new RetryBudget(policy, new FakeClock()), s_throttled).Count);
    }

    [Fact]
    public void P6_no_repeat_starts_after_the_total_time()
    {
        var clock = new FakeClock();
        var budget = new RetryBudget(new RetryPolicy { TotalTime = TimeSpan.FromSeconds(10), Jitter = () => 0 }, clock);
        Assert.True(budget.TryTake(s_fault, out _));
        clock.MoveTo(TimeSpan.FromSeconds(9));
        Assert.True(budget.TryTake(s_fault, out TimeSpan wait));
        Assert.Equal(1, wait.TotalSeconds);
        clock.MoveTo(TimeSpan.FromSeconds(9.1));
        Assert.False(budget.TryTake(s_fault, out _));
    }

    [Fact]
    public void P6_what_cannot_be_sent_is_repeated_for_all_of_the_time_and_no_number_ends_it()
    {
        var clock = new FakeClock();
        var budget = new RetryBudget(new RetryPolicy { MaxRetry = 1, Jitter = () => 0.5 }, clock);
        int repeats = 0;
        while (budget.TryTake(s_unsent, out TimeSpan wait))
        {
            repeats++;
            clock.MoveTo(clock.Elapsed + wait);
        }

        Assert.Equal(TimeSpan.FromMinutes(2), clock.Elapsed);
        Assert.InRange(repeats, 10, 20);
    }

    [Fact]
    public void P6_without_repeats_nothing_is_repeated()
    {
        foreach (Verdict verdict in new[] { s_fault, s_throttled, s_unsent })
        {
            Assert.False(new RetryBudget(new RetryPolicy { MaxRetry = 0 }, new FakeClock()).TryTake(verdict, out _));
        }
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(60, 15)]
    [InlineData(-3, 0.5)]
    public void P4_a_gateways_wait_is_kept_up_to_the_longest(int said, double kept)
    {
        var throttled = Verdict.Of(new ChatTransportException(TransportFault.Throttled, "HTTP 429") { RetryAfter = TimeSpan.FromSeconds(said) }, othersPass: true);
        Assert.True(new RetryBudget(new RetryPolicy { Jitter = () => 0 }, new FakeClock()).TryTake(throttled, out TimeSpan wait));
        Assert.Equal(kept, wait.TotalSeconds);
    }

    private static ChatReply ReplyOf(int code) => ReplyReader.Read(System.Text.Encoding.UTF8.GetBytes($$"""{"ErrorCode":{{code}}}"""));

    private static List<TimeSpan> Waits(RetryBudget budget, Verdict verdict)
    {
        var waits = new List<TimeSpan>();
        while (budget.TryTake(verdict, out TimeSpan wait))
        {
            waits.Add(wait);
            Assert.True(waits.Count < 1000, "The budget has no end.");
        }

        return waits;
    }
}
