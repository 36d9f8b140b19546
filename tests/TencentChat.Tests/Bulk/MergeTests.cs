using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Bulk;

/// <summary>Promise P3: rows for one account are merged inside a batch, and the last row wins.</summary>
[Collection(VirtualTime.Collection)]
public sealed class MergeTests
{
    private static readonly string[] s_columns = ["city", "sex", "level"];

    [Fact]
    public Task P3_later_cells_of_a_file_win_and_empty_ones_leave_alone() => VirtualTime.RunAsync((time, clock) => AssertBody(
        time, clock, lab => lab.Set, """{"UserAttrs":[{"To_Account":"u1","Attrs":{"city":"Rome","sex":"f","level":"2"}},{"To_Account":"U1","Attrs":{"city":"Oslo"}}]}""",
        Rows.OfTable(1, "u1", s_columns, ["Paris", "f", null]),
        Rows.OfTable(2, "U1", s_columns, ["Oslo", null, null]),
        Rows.OfTable(3, "u1", s_columns, ["Rome", null, "1"]),
        Rows.OfTable(4, "u1", s_columns, [null, null, "2"])));

    [Fact]
    public Task P3_later_values_win_whatever_the_names_of_the_rows() => VirtualTime.RunAsync((time, clock) => AssertBody(
        time, clock, lab => lab.Set, """{"UserAttrs":[{"To_Account":"u1","Attrs":{"city":"Rome","City":"Oslo","sex":"f"}}]}""",
        Rows.Set(1, "u1", ("city", "Paris"), ("City", "Oslo")),
        Rows.Set(2, "u1", ("sex", "f"), ("city", "Rome")),
        Rows.Set(3, "u1", ("sex", null))));

    [Fact]
    public Task P3_removals_of_one_account_are_united() => VirtualTime.RunAsync((time, clock) => AssertBody(
        time, clock, lab => lab.Remove, """{"UserAttrs":[{"To_Account":"u1","Attrs":["city","sex","City"]}]}""",
        Rows.Remove(1, "u1", "city"),
        Rows.Remove(2, "u1", "sex", "city"),
        Rows.Remove(3, "u1", "City")));

    [Fact]
    public Task P3_an_account_that_is_read_twice_is_asked_for_once_and_both_rows_have_the_answer() => VirtualTime.RunAsync((time, clock) =>
    {
        ScriptedCall call = AssertBody(time, clock, lab => lab.Get, """{"To_Account":["u1","U1"]}""", Rows.Get(1, "u1"), Rows.Get(2, "U1"), Rows.Get(3, "u1"));
        Assert.Equal("im_get_attr", call.Endpoint);
    });

    [Fact]
    public Task P3_an_account_that_is_deleted_twice_is_named_once() => VirtualTime.RunAsync((time, clock) => AssertBody(
        time, clock, lab => lab.Delete, """{"DeleteItem":[{"UserID":"u1"},{"UserID":"U1"}]}""", Rows.Plain(1, "u1"), Rows.Plain(2, "U1"), Rows.Plain(3, "u1")));

    [Fact]
    public Task P3_an_account_in_flight_is_not_sent_again_until_it_has_landed() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => Answers.LaterAsync(clock, call, TimeSpan.FromSeconds(1), Answers.Ok));
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Set, Enumerable.Range(1, 5).Select(i => Rows.Set(i, i == 3 ? "other" : "u1", ("city", $"c{i}"))), new BulkOptions { BatchSize = 1 });
        Assert.All(results, row => Assert.Equal(ChatResultStatus.Succeeded, row.Status));
        Assert.Equal(["c1", "c3", "c2", "c4", "c5"], service.Calls.Select(call => call.Body.Split("\"city\":\"")[1][..2]));
        Assert.Equal([0, 0, 1, 2, 3], service.Calls.Select(call => (int)call.At.TotalSeconds));
    });

    private static ScriptedCall AssertBody<TRow>(VirtualTime time, FakeClock clock, Func<Lab, BulkOperation<TRow>> operation, string body, params TRow[] rows)
        where TRow : ChatResult, IBulkRow<TRow>
    {
        using var service = new ScriptedService(clock, call => call.Endpoint switch
        {
            "im_get_attr" => Answers.Attributes(call.Accounts, account => new() { ["city"] = account }),
            "account_delete" => Answers.Deleted(call.Accounts),
            _ => Answers.Ok(),
        });
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(operation(lab), rows);
        Assert.Equal(rows, results);
        Assert.All(results, row => Assert.Equal((ChatResultStatus.Succeeded, 1), (row.Status, row.Attempts)));
        Assert.All(results.OfType<UserAttributesResult>(), row => Assert.Equal(row.UserId, Assert.Single(row.Attributes).Value));
        ScriptedCall only = Assert.Single(service.Calls);
        Assert.Equal(body, only.Body);
        return only;
    }
}
