using TencentChat.Bulk;
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
        public Unmergeable MergeWith(Unmergeable later) => throw new NotImplementedException();
    }

    private sealed class Broken : AccountCall<Unmergeable>
    {
        public override ChatEndpoint Endpoint => ChatEndpoints.AccountDelete;

        public override void WriteBody(System.Text.Json.Utf8JsonWriter writer, IReadOnlyList<AccountWork<Unmergeable>> accounts) => RequestBodies.DeleteItems(writer, IdsOf(accounts));

        protected override Unmergeable CreateRow(long number, string userId, object? source) => new(number, userId);
    }

    private sealed class Forgetful : BulkOperation<ChatResult>
    {
        public override int MaxBatchSize => 100;

        public override Task RunAsync(BatchRun<ChatResult> batch) => Task.CompletedTask;

        protected override ChatResult CreateRow(long number, string userId, object? source) => new(number, userId, source);
    }
}
