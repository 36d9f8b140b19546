using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Accounts;
using TencentChat.Operations.Attributes;
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

    [Fact]
    public Task P8_a_sequence_that_nobody_reads_starts_nothing_and_one_that_is_read_twice_is_two_runs() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => Answers.Deleted(call.Accounts));
        using var lab = new Lab(time, clock, service);
        IAsyncEnumerable<ChatResult> results = lab.Connection.DeleteAccountsAsync(["u1", "u2"], cancellationToken: TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(service.Calls);
        Assert.Null(clock.NextDue);
        Assert.All([.. ReadAll(time, results), .. ReadAll(time, results)], result => Assert.Equal(ChatResultStatus.Succeeded, result.Status));
        Assert.Equal(2, service.Calls.Count);
    });

    [Theory]
    [InlineData("administrator")]
    [InlineData("Administrator")]
    public Task P10_the_connections_own_admin_is_not_deleted_in_any_case_of_its_letters(string admin) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => Answers.Deleted(call.Accounts));
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = ReadAll(time, lab.Connection.DeleteAccountsAsync(["u1", admin, "u2"], cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal([null, "OwnAdminAccount", null], results.Select(result => result.ErrorId));
        Assert.Equal(["u1", "u2"], Assert.Single(service.Calls).Accounts);
    });

    [Fact]
    public Task Every_bulk_command_is_there() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Endpoint switch
        {
            "im_get_attr" => Answers.Attributes(call.Accounts, _ => new() { ["city"] = "Rome" }),
            "account_check" => Answers.Json("""{"ErrorCode":0,"ResultItem":[{"UserID":"u1","ResultCode":0,"AccountStatus":"Imported"}]}"""),
            "query_online_status" => Answers.Json("""{"ErrorCode":0,"QueryResult":[{"To_Account":"u1","Status":"Online","Detail":[{"Platform":"Web","Status":"Online"}]}]}"""),
            "account_delete" => Answers.Deleted(call.Accounts),
            _ => Answers.Ok(),
        });
        using var lab = new Lab(time, clock, service);
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        ChatConnection connection = lab.Connection;
        string[] ids = ["u1"];
        ReadAll(time, connection.SetAttributesAsync([new UserAttributes("u1", new Dictionary<string, string?> { ["city"] = "Rome", ["sex"] = "" })], cancellationToken: cancelled));
        UserAttributesResult read = Assert.Single(ReadAll(time, connection.GetAttributesAsync(ids, cancellationToken: cancelled)));
        ReadAll(time, connection.RemoveAttributesAsync(ids, ["city", "city"], cancellationToken: cancelled));
        ReadAll(time, connection.ImportAccountsAsync([new UserProfile("u1", Nick: "One")], cancellationToken: cancelled));
        AccountResult account = Assert.Single(ReadAll(time, connection.CheckAccountsAsync(ids, cancellationToken: cancelled)));
        OnlineStatusResult online = Assert.Single(ReadAll(time, connection.GetOnlineStatusAsync(ids, withPlatforms: true, cancellationToken: cancelled)));
        ReadAll(time, connection.RevokeLoginsAsync(ids, cancellationToken: cancelled));
        ReadAll(time, connection.DeleteAccountsAsync(ids, cancellationToken: cancelled));
        Assert.Equal(
            [
                """im_set_attr {"UserAttrs":[{"To_Account":"u1","Attrs":{"city":"Rome"}}]}""",
                """im_get_attr {"To_Account":["u1"]}""",
                """im_remove_attr {"UserAttrs":[{"To_Account":"u1","Attrs":["city"]}]}""",
                """multiaccount_import {"AccountList":[{"UserID":"u1","Nick":"One"}]}""",
                """account_check {"CheckItem":[{"UserID":"u1"}]}""",
                """query_online_status {"To_Account":["u1"],"IsNeedDetail":1}""",
                """kick {"UserID":"u1"}""",
                """account_delete {"DeleteItem":[{"UserID":"u1"}]}""",
            ],
            service.Calls.Select(call => $"{call.Endpoint} {call.Body}"));
        Assert.Equal(("Rome", "Imported", "Online", "Web"), (read.Attributes[0].Value, account.AccountStatus, online.State, online.Platforms[0].Platform));
    });

    [Fact]
    public Task P6_the_connections_own_signature_is_renewed_when_its_admins_are_revoked() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        using var lab = new Lab(time, clock, service);
        ReadAll(time, lab.Connection.RevokeLoginsAsync(["u1", "administrator", "u2"], new BulkOptions { ThrottleLimit = 1 }, TestContext.Current.CancellationToken));
        string[] signatures = [.. service.Calls.Select(call => call.Query("usersig"))];
        Assert.Equal(signatures[0], signatures[1]);
        Assert.NotEqual(signatures[1], signatures[2]);
    });

    private static List<TRow> ReadAll<TRow>(VirtualTime time, IAsyncEnumerable<TRow> sequence)
    {
        var results = new List<TRow>();
        IAsyncEnumerator<TRow> reader = sequence.GetAsyncEnumerator();
        while (time.Await(reader.MoveNextAsync().AsTask()))
        {
            results.Add(reader.Current);
        }

        time.Await(DisposeAsync(reader));
        return results;
    }

    private static async Task<bool> DisposeAsync(IAsyncDisposable results)
    {
        await results.DisposeAsync().ConfigureAwait(false);
        return true;
    }
}
