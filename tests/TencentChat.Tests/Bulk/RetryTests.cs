using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Attributes;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Bulk;

/// <summary>Promise P6: only safe repeats, of what may pass, for the accounts that failed.</summary>
[Collection(VirtualTime.Collection)]
public sealed class RetryTests
{
    /// <summary>Every code of the table, with what one batch makes of it when it is all the service ever answers.</summary>
    public static TheoryData<int, ErrorClass> Codes
    {
        get
        {
            var data = new TheoryData<int, ErrorClass>();
            foreach (ChatError error in ServiceErrors.All)
            {
                data.Add(error.Code, error.Class);
            }

            data.Add(123456, ErrorClass.Unknown);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public Task P6_a_code_is_repeated_by_its_class(int code, ErrorClass errorClass) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Code(code));
        using var lab = new Lab(time, clock, service, options => options with { Retry = options.Retry with { TotalTime = TimeSpan.FromHours(1) } });
        ChatError error = ServiceErrors.Find(code);
        Assert.Equal(errorClass, error.Class);

        ChatResult result = Assert.Single(lab.Run(lab.Get, Rows.Get(1)));

        int calls = errorClass switch
        {
            ErrorClass.Throttle => 25,
            ErrorClass.Retry or ErrorClass.Conflict => 7,
            _ => error.RenewsUserSig ? 2 : 1,
        };
        Assert.Equal(calls, service.Calls.Count);
        Assert.Equal(calls, result.Attempts);
        Assert.Equal(error.IsEffectUnclear ? ChatResultStatus.Unknown : ChatResultStatus.Failed, result.Status);
        Assert.Equal(error.ErrorId, result.ErrorId);
        Assert.Equal(code, result.ErrorCode);
    });

    [Fact]
    public Task P6_a_transient_answer_is_repeated_until_it_passes() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number <= 3 ? Answers.Code(91000) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set);
        List<ChatResult> results = lab.Finish(run, Rows.Set(100));

        Assert.Equal(4, service.Calls.Count);
        Assert.All(results, result => Assert.Equal((ChatResultStatus.Succeeded, 4, (string?)null), (result.Status, result.Attempts, result.ErrorId)));
        Assert.Equal(3, run.Control.RepeatedCalls);
        Assert.Equal(0, run.Control.Traffic.ThrottledCalls);

        // 0.5, 1 and 2 seconds, each shortened by a quarter.
        Assert.Equal([0.375, 0.75, 1.5], Gaps(service).Select(gap => Math.Round(gap, 3)));
    });

    [Fact]
    public Task P6_total_time_bounds_the_repeats_from_the_first_try_on() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Code(91000));
        using var lab = new Lab(time, clock, service, options => options with { Retry = options.Retry with { MaxRetry = 20, TotalTime = TimeSpan.FromSeconds(30) } });
        lab.Run(lab.Set, Rows.Set(1));
        Assert.InRange(service.Calls[^1].At - service.Calls[0].At, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30));
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30));
    });

    [Fact]
    public Task P6_waiting_for_the_rate_limiter_takes_nothing_from_the_time_for_repeats() => VirtualTime.RunAsync((time, clock) =>
    {
        // At one call a second the last of 200 batches waits 200 seconds for its first try, longer than repeats may take.
        using var service = new ScriptedService(clock, call => call.Number == 200 ? Answers.Code(91000) : Answers.Ok());
        using var lab = new Lab(time, clock, service, options => options with { CallsPerSecond = 1 });
        List<ChatResult> results = lab.Run(lab.Set, Rows.Set(200), new BulkOptions { BatchSize = 1, ThrottleLimit = 200 });
        Assert.All(results, result => Assert.Equal(ChatResultStatus.Succeeded, result.Status));
        Assert.Equal(201, service.Calls.Count);
    });

    [Fact]
    public Task P6_only_the_accounts_that_failed_are_repeated_and_attempts_tell() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number switch
        {
            1 => Answers.ErrorList(("u2", 91000), ("u3", 91000), ("u4", 70107)),
            2 => Answers.ErrorList(("u3", 60007)),
            _ => Answers.Ok(),
        });
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Set, Rows.Set(5));

        Assert.Equal(["u1 u2 u3 u4 u5", "u2 u3", "u3"], service.Calls.Select(call => string.Join(' ', call.Accounts)));
        Assert.Equal([1, 2, 3, 1, 1], results.Select(result => result.Attempts));
        Assert.Equal("AccountNotFound", results[3].ErrorId);
        Assert.Equal(4, results.Count(result => result.Status == ChatResultStatus.Succeeded));
    });

    [Fact]
    public Task P4_throttled_calls_are_counted_slow_the_run_and_pass_in_the_end() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.At < TimeSpan.FromSeconds(0.1) ? Answers.Code(60007) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set);
        List<ChatResult> results = lab.Finish(run, Rows.Set(3000));
        Assert.All(results, result => Assert.Equal(ChatResultStatus.Succeeded, result.Status));
        Assert.InRange(run.Control.Traffic.ThrottledCalls, 2, 4);
        Assert.Equal(run.Control.Traffic.ThrottledCalls, run.Control.RepeatedCalls);
        Assert.InRange(service.Calls.Count(call => call.At < TimeSpan.FromSeconds(0.5)), 3, 10);
    });

    [Fact]
    public Task P8_cancelling_ends_the_wait_for_a_repeat() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Code(91000));
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set);
        Assert.True(run.TryAdd(Rows.Set(1)[0]));
        run.Complete();
        time.Advance(TimeSpan.FromSeconds(0.1));
        Task<bool> waiting = run.WaitAsync();
        run.Control.Cancel();
        VirtualTime.Settle();
        Assert.True(waiting.IsCanceled);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Single(service.Calls);
    });

    private static IEnumerable<double> Gaps(ScriptedService service) =>
        service.Calls.Zip(service.Calls.Skip(1), (earlier, later) => (later.At - earlier.At).TotalSeconds);
}
