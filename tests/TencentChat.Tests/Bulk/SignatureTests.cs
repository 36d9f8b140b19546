using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.Signing;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Bulk;

/// <summary>Promises P6 and P7 for signatures: an expired one is renewed once, a given one cannot be.</summary>
[Collection(VirtualTime.Collection)]
public sealed class SignatureTests
{
    [Theory]
    [InlineData(70001)]
    [InlineData(70052)]
    [InlineData(60004)]
    public Task P6_a_refused_signature_is_renewed_and_the_call_repeated_at_once(int code) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number == 1 ? Answers.Code(code) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Set, Rows.Set(2));
        Assert.All(results, result => Assert.Equal((ChatResultStatus.Succeeded, 2), (result.Status, result.Attempts)));
        Assert.NotEqual(service.Calls[0].Query("usersig"), service.Calls[1].Query("usersig"));

        // The second call waits for the rate limiter alone.
        Assert.InRange(service.Calls[1].At - service.Calls[0].At, TimeSpan.Zero, TimeSpan.FromMilliseconds(70));
    });

    [Fact]
    public Task P7_a_fresh_signature_that_is_refused_too_ends_the_run() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Code(70001));
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, new BulkOptions { BatchSize = 1, ThrottleLimit = 1 });
        List<ChatResult> results = lab.Finish(run, Rows.Set(50));
        Assert.Equal(2, service.Calls.Count);
        Assert.Equal((ChatResultStatus.Failed, "UserSigExpired", 2), (results[0].Status, results[0].ErrorId, results[0].Attempts));
        Assert.All(results.Skip(1), result => Assert.Equal((ChatResultStatus.Skipped, 0), (result.Status, result.Attempts)));
        Assert.Equal("UserSigExpired", run.Control.Reason?.Error.ErrorId);
    });

    [Fact]
    public Task P7_a_given_signature_is_not_renewed() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Code(70001));
        using var lab = new Lab(time, clock, service, signature: UserSigSource.FromSignature("administrator", "eJ-given*signature_"));
        ChatResult result = Assert.Single(lab.Run(lab.Set, Rows.Set(1)));
        Assert.Equal("eJ-given*signature_", Assert.Single(service.Calls).Query("usersig"));
        Assert.Equal((ChatResultStatus.Failed, "UserSigExpired", 1), (result.Status, result.ErrorId, result.Attempts));
    });

    [Theory]
    [InlineData(60004)]
    [InlineData(60005)]
    [InlineData(70017)]
    public Task P6_a_given_signature_whose_check_failed_is_tried_once_more(int code) => VirtualTime.RunAsync((time, clock) =>
    {
        // The codes also stand for a check that failed for a reason of its own (page 34348).
        using var service = new ScriptedService(clock, call => call.Number is 3 ? Answers.Code(code) : Answers.Ok());
        using var lab = new Lab(time, clock, service, signature: UserSigSource.FromSignature("administrator", "eJ-given*signature_"));
        using BulkRun<AttributeRow> run = lab.Start(lab.Set);
        Assert.All(lab.Finish(run, Rows.Set(1000)), result => Assert.Equal(ChatResultStatus.Succeeded, result.Status));
        Assert.Null(run.Control.Reason);
        Assert.Equal(11, service.Calls.Count);
        Assert.InRange(service.Calls[10].At - service.Calls[2].At, TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.5));
    });

    [Theory]
    [InlineData(60004)]
    [InlineData(60005)]
    public Task P7_and_refused_again_it_ends_the_run(int code) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => Answers.Code(code));
        using var lab = new Lab(time, clock, service, signature: UserSigSource.FromSignature("administrator", "eJ-given*signature_"));
        using BulkRun<AttributeRow> run = lab.Start(lab.Set, new BulkOptions { ThrottleLimit = 1 });
        List<ChatResult> results = lab.Finish(run, Rows.Set(200));
        Assert.Equal(2, service.Calls.Count);
        Assert.Equal("InvalidUserSig", run.Control.Reason?.Error.ErrorId);
        Assert.All(results.Skip(100), result => Assert.Equal(ChatResultStatus.Skipped, result.Status));
    });

    [Fact]
    public Task P6_a_hundred_calls_refused_together_share_one_renewal() => VirtualTime.RunAsync((time, clock) =>
    {
        string? old = null;
        using var service = new ScriptedService(clock, call => Answers.LaterAsync(clock, call, TimeSpan.FromSeconds(7), () =>
        {
            old ??= call.Query("usersig");
            return call.Query("usersig") == old ? Answers.Code(70001) : Answers.Ok();
        }));
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Set, Rows.Set(100), new BulkOptions { BatchSize = 1 });
        Assert.All(results, result => Assert.Equal((ChatResultStatus.Succeeded, 2), (result.Status, result.Attempts)));
        Assert.Equal(2, service.Calls.Select(call => call.Query("usersig")).Distinct().Count());
    });

    [Fact]
    public Task P6_a_signature_is_replaced_before_it_expires() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        using var lab = new Lab(time, clock, service);
        lab.Run(lab.Set, Rows.Set(1));
        time.Advance(TimeSpan.FromHours(22.9));
        lab.Run(lab.Set, Rows.Set(1));
        time.Advance(TimeSpan.FromHours(0.2));
        lab.Run(lab.Set, Rows.Set(1));
        Assert.Equal(service.Calls[0].Query("usersig"), service.Calls[1].Query("usersig"));
        Assert.NotEqual(service.Calls[1].Query("usersig"), service.Calls[2].Query("usersig"));
    });
}
