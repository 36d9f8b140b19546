using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Bulk;

/// <summary>The promises of a run for programs that await its results one by one.</summary>
[Collection(VirtualTime.Collection)]
public sealed class SequenceTests
{
    [Fact]
    public Task P1_one_result_an_element_in_their_order() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => Answers.LaterAsync(
            clock, call, TimeSpan.FromSeconds(call.Number % 3), () => Answers.Deleted(call.Accounts, account => account == "u7" ? 70107 : 0)));
        using var lab = new Lab(time, clock, service);
        string[] ids = [.. Enumerable.Range(1, 1000).Select(i => i == 500 ? "" : $"u{i}")];
        List<ChatResult> results = ReadAll(time, lab.Connection.DeleteAccountsAsync(ids, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(ids, results.Select(result => result.UserId));
        Assert.Equal(["AccountNotFound", "MissingUserId"], results.Where(result => result.Status == ChatResultStatus.Failed).Select(result => result.ErrorId));
        Assert.Equal(999, service.Calls.Sum(call => call.Accounts.Count));
    });

    [Fact]
    public Task P5_results_come_while_the_elements_are_still_being_read() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => Answers.Attributes(call.Accounts));
        using var lab = new Lab(time, clock, service);
        int read = 0;
        IAsyncEnumerator<ChatResult> results = lab.Connection.GetAttributesAsync(Ids(), cancellationToken: TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(time.Await(results.MoveNextAsync().AsTask()));
        Assert.Equal("u1", results.Current.UserId);
        Assert.Equal(101, read);
        time.Await(DisposeAsync(results));

        IEnumerable<string> Ids()
        {
            while (read < 1000)
            {
                yield return $"u{++read}";
                if (read == 100)
                {
                    VirtualTime.Settle();
                }
            }
        }
    });

    [Fact]
    public Task P7_the_reason_of_the_end_is_thrown_after_the_last_result() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Code(71000));
        using var lab = new Lab(time, clock, service);
        IAsyncEnumerator<ChatResult> results = lab.Connection.DeleteAccountsAsync(Enumerable.Range(1, 250).Select(i => $"u{i}"), cancellationToken: TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        for (int i = 0; i < 250; i++)
        {
            Assert.True(time.Await(results.MoveNextAsync().AsTask()));
            Assert.NotEqual(ChatResultStatus.Succeeded, results.Current.Status);
        }

        Assert.Equal(71000, Assert.Throws<ChatServiceException>(() => time.Await(results.MoveNextAsync().AsTask())).Error.Code);
    });

    [Fact]
    public Task P8_who_stops_reading_has_nothing_more_sent() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => Answers.LaterAsync(clock, call, TimeSpan.FromSeconds(call.Number), () => Answers.Deleted(call.Accounts)));
        using var lab = new Lab(time, clock, service);
        IAsyncEnumerator<ChatResult> results = lab.Connection.DeleteAccountsAsync(
            Enumerable.Range(1, 500).Select(i => $"u{i}"), new BulkOptions { ThrottleLimit = 2 }, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(time.Await(results.MoveNextAsync().AsTask()));
        int sent = service.Calls.Count;
        Assert.InRange(sent, 2, 3);
        time.Await(DisposeAsync(results));
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(sent, service.Calls.Count);
    });

    [Fact]
    public Task P8_cancelling_ends_the_sequence_and_sends_nothing_more() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, Answers.NeverAsync);
        using var lab = new Lab(time, clock, service);
        using var givingUp = new CancellationTokenSource();
        IAsyncEnumerator<ChatResult> results = lab.Connection.DeleteAccountsAsync(
            Enumerable.Range(1, 500).Select(i => $"u{i}"), new BulkOptions { ThrottleLimit = 2 }, givingUp.Token).GetAsyncEnumerator(givingUp.Token);
        Task<bool> next = results.MoveNextAsync().AsTask();
        time.Advance(TimeSpan.FromSeconds(1));
        givingUp.Cancel();
        VirtualTime.Settle();
        Assert.True(next.IsCanceled);
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(2, service.Calls.Count);
    });

    private static List<ChatResult> ReadAll(VirtualTime time, IAsyncEnumerable<ChatResult> sequence)
    {
        var results = new List<ChatResult>();
        IAsyncEnumerator<ChatResult> reader = sequence.GetAsyncEnumerator();
        while (time.Await(reader.MoveNextAsync().AsTask()))
        {
            results.Add(reader.Current);
        }

        time.Await(DisposeAsync(reader));
        return results;
    }

    private static async Task<bool> DisposeAsync(IAsyncEnumerator<ChatResult> results)
    {
        await results.DisposeAsync().ConfigureAwait(false);
        return true;
    }
}
