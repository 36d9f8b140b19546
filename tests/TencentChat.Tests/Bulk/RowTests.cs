using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Attributes;
using TencentChat.Protocol;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Bulk;

/// <summary>Promise P1: a row that waits is no result, and no row is given out before it is decided.</summary>
[Collection(VirtualTime.Collection)]
public sealed class RowTests
{
    [Fact]
    public void A_row_that_waits_does_not_say_that_it_was_never_sent()
    {
        AttributeRow row = Rows.Set(1)[0];
        Assert.Equal((ChatResultStatus.Pending, false), (row.Status, row.IsSettled));
        Assert.Equal(ChatResultStatus.Pending, default);
    }

    [Fact]
    public void A_row_is_decided_once()
    {
        AttributeRow row = Rows.Set(1)[0];
        Assert.Throws<InvalidOperationException>(() => row.Settle(ChatResultStatus.Pending));
        row.Settle(ChatResultStatus.Succeeded, attempts: 1);
        Assert.Throws<InvalidOperationException>(() => row.Settle(ChatResultStatus.Failed));
        Assert.Equal((ChatResultStatus.Succeeded, 1), (row.Status, row.Attempts));
    }

    [Fact]
    public Task P1_a_row_that_an_operation_forgets_is_unknown() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(new Forgetful(), Rows.Plain(250));
        Assert.Equal(250, results.Count);
        Assert.All(results, row => Assert.Equal((ChatResultStatus.Unknown, "InternalError"), (row.Status, row.ErrorId)));
    });

    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    public Task P1_a_defect_anywhere_costs_no_row_its_result(int batchSize) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        using var lab = new Lab(time, clock, service);
        using BulkRun<Unmergeable> run = lab.Start(new Broken(), new BulkOptions { BatchSize = batchSize });
        List<ChatResult> results = lab.Finish(run, Enumerable.Range(1, 300).Select(i => new Unmergeable(i, i is 101 or 102 ? "twice" : $"u{i}")));
        Assert.Equal(300, results.Count);
        Assert.All(results, row => Assert.True(row.IsSettled));
        Assert.All(results.Skip(100).Take(2), row => Assert.Equal((ChatResultStatus.Failed, "InternalError"), (row.Status, row.ErrorId)));
        Assert.Equal("InternalError", run.Control.Reason?.Error.ErrorId);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public Task P1_a_row_that_throws_at_any_look_costs_no_row_its_result(int look) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => Answers.Deleted(call.Accounts));
        using var lab = new Lab(time, clock, service);
        using BulkRun<Shy> run = lab.Start(new DeleteShy(), new BulkOptions { BatchSize = 10, ThrottleLimit = 2 });
        List<ChatResult> results = lab.Finish(run, Enumerable.Range(1, 300).Select(i => new Shy(i, $"u{i}", i == 35 ? look : 0)));
        Assert.Equal(Enumerable.Range(1, 300).Select(i => (long)i), results.Select(row => row.Row));
        Assert.All(results, row => Assert.True(row.IsSettled));
        if (run.Control.Reason is null)
        {
            Assert.All(results, row => Assert.Equal(ChatResultStatus.Succeeded, row.Status));
            return;
        }

        // The batch of the row: nothing was sent for it. The batches behind it: nobody's fault.
        Assert.Equal((ClientErrors.InternalError, nameof(ArgumentException)), (run.Control.Reason.Error, run.Control.Reason.Info));
        Assert.All(results.Skip(30).Take(10), row => Assert.Equal((ChatResultStatus.Failed, "InternalError", 0), (row.Status, row.ErrorId, row.Attempts)));
        Assert.All(results[^100..], row => Assert.Equal(
            (ChatResultStatus.Skipped, "RunStopped", "Not sent: the run had ended. (InternalError)", 0), (row.Status, row.ErrorId, row.Message, row.Attempts)));
        Assert.DoesNotContain("u35", service.Calls.SelectMany(call => call.Accounts));
    });

    [Fact]
    public Task P1_a_call_that_throws_leaves_nobody_waiting_for_its_turn() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        using var lab = new Lab(time, clock, service);
        using BulkRun<ChatResult> run = lab.Start(new Throwing(), new BulkOptions { BatchSize = 1, ThrottleLimit = 4 });
        List<ChatResult> results = lab.Finish(run, Enumerable.Range(1, 50).Select(i => Rows.Plain(i, "same")));
        Assert.All(results, row => Assert.Equal((ChatResultStatus.Failed, "InternalError", "Internal error. (FormatException)", 0), (row.Status, row.ErrorId, row.Message, row.Attempts)));
        Assert.Equal(50, results.Count);
        Assert.Equal("FormatException", run.Control.Reason?.Info);
    });

    [Fact]
    public Task P1_what_could_not_be_written_was_not_sent() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => Answers.Deleted(call.Accounts));
        using var lab = new Lab(time, clock, service);
        using BulkRun<ChatResult> run = lab.Start(new Unwritable("u15"), new BulkOptions { BatchSize = 10, ThrottleLimit = 1 });
        List<ChatResult> results = lab.Finish(run, Rows.Plain(50));
        Assert.Equal(nameof(NotSupportedException), run.Control.Reason?.Info);
        Assert.Single(service.Calls);
        Assert.All(results.Take(10), row => Assert.Equal((ChatResultStatus.Succeeded, 1), (row.Status, row.Attempts)));
        Assert.All(results.Skip(10).Take(10), row => Assert.Equal((ChatResultStatus.Failed, "InternalError", 0), (row.Status, row.ErrorId, row.Attempts)));
        Assert.All(results.Skip(20), row => Assert.Equal((ChatResultStatus.Skipped, "RunStopped", 0), (row.Status, row.ErrorId, row.Attempts)));
    });

    [Fact]
    public void What_a_row_asks_for_is_checked_where_it_is_made()
    {
        var set = new SetAttributes(AttributeService.AllMemberPush, null!);
        string[] names = ["city", "sex"];
        Assert.Equal("MissingUserId", set.NewRow(1, " ", null, names, ["Rome", null], []).ErrorId);
        Assert.Equal("InvalidText", set.NewRow(1, "\ud800", null, names, ["Rome", null], []).ErrorId);
        Assert.Equal(("InvalidAttributeValue", "The value is too long. (attribute 'sex')"), Told(set.NewRow(1, "u", null, names, [null, new string('x', 51)], [])));
        Assert.Equal(("InvalidText", "The text has an unpaired surrogate. (attribute 'city')"), Told(set.NewRow(1, "u", null, names, ["\udc00", new string('x', 51)], [])));
        Assert.Equal(ChatResultStatus.Skipped, set.NewRow(1, "u", null, names, [null, null], []).Status);
        Assert.Equal(ChatResultStatus.Pending, set.NewRow(1, "u", null, names, [null, "f"], []).Status);

        static (string?, string?) Told(ChatResult row) => (row.ErrorId, row.Message);
    }

    private sealed class Unmergeable(long number, string userId) : ChatResult(number, userId, null), IBulkRow<Unmergeable>
    {
        public Unmergeable MergeWith(Unmergeable later) => throw new InvalidOperationException();
    }

    private sealed class Broken : AccountCall<Unmergeable>
    {
        public override ChatEndpoint Endpoint => ChatEndpoints.AccountDelete;

        public override void WriteBody(System.Text.Json.Utf8JsonWriter writer, IReadOnlyList<AccountWork<Unmergeable>> accounts) => RequestBodies.DeleteItems(writer, IdsOf(accounts));

        protected override Unmergeable CreateRow(long number, string userId, object? source) => new(number, userId);
    }

    // Throws when its user is asked for the nth time after it was put in.
    private sealed class Shy(long number, string userId, int throwsAt) : ChatResult(number, userId, null), IBulkRow<Shy>
    {
        private int _looks;

        public override string UserId => Interlocked.Increment(ref _looks) == throwsAt ? throw new ArgumentException("Do not look.") : base.UserId;

        public Shy MergeWith(Shy later) => later;
    }

    private sealed class DeleteShy : AccountCall<Shy>
    {
        public override ChatEndpoint Endpoint => ChatEndpoints.AccountDelete;

        public override void WriteBody(System.Text.Json.Utf8JsonWriter writer, IReadOnlyList<AccountWork<Shy>> accounts) => RequestBodies.DeleteItems(writer, IdsOf(accounts));

        protected override Shy CreateRow(long number, string userId, object? source) => new(number, userId, 0);
    }

    private sealed class Unwritable(string userId) : AccountCall<ChatResult>
    {
        public override ChatEndpoint Endpoint => ChatEndpoints.AccountDelete;

        public override void WriteBody(System.Text.Json.Utf8JsonWriter writer, IReadOnlyList<AccountWork<ChatResult>> accounts)
        {
            if (accounts.Any(account => account.UserId == userId))
            {
                throw new NotSupportedException();
            }

            RequestBodies.DeleteItems(writer, IdsOf(accounts));
        }

        protected override ChatResult CreateRow(long number, string userId, object? source) => new(number, userId, source);
    }

    private sealed class Throwing : BulkOperation<ChatResult>
    {
        public override int MaxBatchSize => 100;

        public override async Task RunAsync(BatchRun<ChatResult> batch)
        {
            await Task.Yield();
            throw new FormatException();
        }

        protected override ChatResult CreateRow(long number, string userId, object? source) => new(number, userId, source);
    }

    private sealed class Forgetful : BulkOperation<ChatResult>
    {
        public override int MaxBatchSize => 100;

        public override Task RunAsync(BatchRun<ChatResult> batch) => Task.CompletedTask;

        protected override ChatResult CreateRow(long number, string userId, object? source) => new(number, userId, source);
    }
}
