using TencentChat.Bulk;
using TencentChat.Emulator.Faults;
using TencentChat.Operations.Sync;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Operations.Sync;

/// <summary>Two runs that make users as a table says, against the emulated service in virtual time.</summary>
[Collection(VirtualTime.Collection)]
public sealed class TableSyncTests
{
    [Fact]
    public Task P3_three_rows_of_one_user_within_the_latency_of_a_call_end_with_the_last() => Run(lab =>
    {
        lab.HasCities(("u", "old"));
        lab.Emulator.Faults.Add(Fault.Parse("im_set_attr:delay:5000:1"));
        List<SyncResult> results = lab.Sync(null, ("u", "A"), ("u", "B"), ("u", "A"));
        Assert.Equal("A", lab.CityOf("u"));
        Assert.All(results, row => Assert.Equal((ChatResultStatus.Succeeded, 1), (row.Status, row.Attempts)));
        Assert.Equal(["", "", "set city: 'old' → 'A'"], results.Select(row => row.Done.ToString()));
        Assert.Equal("Row 3 of this user says otherwise, and the last row wins.", results[1].Message);
        Assert.Null(results[2].Message);
        Assert.Equal(2, Calls(lab, "im_set_attr"));
        Assert.All(lab.Sync(null, ("u", "A"), ("u", "B"), ("u", "A")), row => Assert.Equal(ChatResultStatus.Unchanged, row.Status));
    });

    [Fact]
    public Task P1_P2_every_row_has_its_result_in_order() => Run(lab =>
    {
        lab.HasCities([.. Enumerable.Range(1, 450).Select(i => ($"u{i}", "old"))]);
        List<SyncResult> results = lab.Sync(
            null, [.. Enumerable.Range(1, 450).Select(i => i % 100 == 7 ? ("missing", "x") : i % 100 == 9 ? ("", "x") : ($"u{i}", i % 2 == 0 ? "new" : "old")), ("u107", new string('x', 51))]);
        Assert.Equal(Enumerable.Range(1, 451), results.Select(row => (int)row.Row));
        Assert.Equal(["AccountNotFound", "MissingUserId", "InvalidAttributeValue"], results.Select(row => row.ErrorId).OfType<string>().Distinct());
        Assert.Equal(11, results.Count(row => row.Status == ChatResultStatus.Failed));
        Assert.Equal(225, results.Count(row => row.Status == ChatResultStatus.Succeeded));
        Assert.Equal("new", lab.CityOf("u2"));
    });

    [Fact]
    public Task P3_rows_of_a_user_share_one_call_and_its_result_however_far_apart_they_are() => VirtualTime.RunAsync((time, clock) =>
    {
        using var lab = new SyncLab(time, clock) { Options = new BulkOptions { BatchSize = 3 } };
        lab.HasCities([.. Enumerable.Range(1, 9).Select(i => ($"u{i}", "old"))]);
        lab.Has([("u1", [("sex", "f")])]);
        long before = Calls(lab, "im_set_attr");
        lab.Emulator.Faults.Add(Fault.Parse("im_remove_attr:79999:1"));
        DesiredRows rows = SyncLab.NewRows();
        List<SyncResult> results = lab.Sync(
        [
            rows.NewRow(1, "u1", null, ["city"], ["x"], []),
            .. Enumerable.Range(2, 8).Select(i => rows.NewRow(i, $"u{i}", null, ["city"], ["y"], [])),
            rows.NewRow(10, "u1", null, ["sex"], [""], []),
        ]);
        Assert.Equal(3, Calls(lab, "im_set_attr") - before);
        Assert.All([results[0], results[9]], row => Assert.Equal((ChatResultStatus.Failed, results[0].ErrorId, results[0].Attempts), (row.Status, row.ErrorId, row.Attempts)));
        Assert.Contains("the values were set", results[9].Message, StringComparison.Ordinal);
        Assert.Equal(("set city: 'old' → 'x'", ""), (results[0].Done.ToString(), results[9].Done.ToString()));
        Assert.Equal("remove sex: 'f' → (none)", results[9].Changes.ToString());

        // What is to be done is still in the failed rows.
        lab.Emulator.Faults.Clear();
        Assert.All(lab.Sync([rows.NewRow(1, "u1", null, ["city"], ["x"], []), rows.NewRow(2, "u1", null, ["sex"], [""], [])]), row => Assert.Equal(ChatResultStatus.Succeeded, row.Status));
        Assert.Equal("x", lab.CityOf("u1"));
    });

    [Fact]
    public Task P1_rows_behind_the_last_user_to_be_read_have_their_results() => Run(lab =>
    {
        lab.HasCities(("a", "x"));
        Assert.Equal(
            [null, "InvalidAttributeValue", "OtherRowFailed", null],
            lab.Sync(null, ("a", "x"), ("b", new string('x', 51)), ("b", "x"), ("a", "x")).Select(row => row.ErrorId));
        Assert.Equal(["OtherRowFailed", "InvalidAttributeValue"], lab.Sync(null, ("b", "x"), ("b", new string('x', 51))).Select(row => row.ErrorId));
        Assert.Empty(lab.Sync([]));
    });

    [Fact]
    public Task P12_a_user_who_could_not_be_read_is_never_written() => Run(lab =>
    {
        lab.HasCities(("a", "old"), ("b", "old"));
        long before = Calls(lab, "im_set_attr");
        lab.Emulator.Faults.Add(Fault.Parse("im_get_attr:79999:1"));
        Assert.All(lab.Sync(null, ("a", "x"), ("b", "x"), ("a", "")), row => Assert.NotNull(row.ErrorId));
        Assert.All(lab.Apply([new AttributeDifference("a", "city", "old", "x", AttributeAction.Set)]), row => Assert.NotNull(row.ErrorId));
        (List<AttributeDifference> plan, List<DesiredUser> failed) = lab.Compare(SyncLab.Cities(SyncLab.NewRows(), [("a", "x"), ("b", "x"), ("a", "")]));
        Assert.Empty(plan);
        Assert.Equal(["a", "b"], failed.Select(user => user.UserId));
        Assert.Equal((before, 0, "old"), (Calls(lab, "im_set_attr"), Calls(lab, "im_remove_attr"), lab.CityOf("a")));
    });

    [Fact]
    public Task P1_a_user_who_was_never_read_was_not_changed_and_that_is_known() => Run(lab =>
    {
        lab.HasCities(("a", "old"));
        lab.Emulator.Faults.Add(Fault.Parse("im_get_attr:drop-before:1"));
        List<SyncResult> results = lab.Sync(null, ("a", "x"), ("a", "y"));
        Assert.All(results, row => Assert.Equal((ChatResultStatus.Failed, "NoAnswer", 0), (row.Status, row.ErrorId, row.Attempts)));
        Assert.All(results, row => Assert.EndsWith(" The user's attributes could not be read, so nothing was changed.", row.Message, StringComparison.Ordinal));
        Assert.All(lab.Sync(null, ("nobody", "x")), row => Assert.Equal((ChatResultStatus.Failed, 0), (row.Status, row.Attempts)));
        Assert.Equal("old", lab.CityOf("a"));
    });

    [Fact]
    public Task What_is_sent_is_asked_about_and_the_answer_is_told() => Run(lab =>
    {
        lab.HasCities(("a", "old"), ("b", "old"), ("c", "old"));
        List<SyncResult> results = lab.Sync(new SyncRules(0, row => row.UserId == "a" ? "No." : null), ("a", "x"), ("b", "x"), ("c", "old"));
        Assert.Equal([ChatResultStatus.Skipped, ChatResultStatus.Succeeded, ChatResultStatus.Unchanged], results.Select(row => row.Status));
        Assert.Equal(("No.", null), (results[0].Message, results[0].ErrorId));
        Assert.Equal("set city: 'old' → 'x'", results[0].Changes.ToString());
        Assert.Equal(("old", "x"), (lab.CityOf("a"), lab.CityOf("b")));
    });

    [Fact]
    public Task P7_the_run_ends_before_more_users_lose_an_attribute_than_is_allowed() => Run(lab =>
    {
        lab.HasCities([.. Enumerable.Range(1, 10).Select(i => ($"u{i}", "old"))]);
        List<SyncResult> results = lab.Sync(new SyncRules(3, _ => null), [.. Enumerable.Range(1, 10).Select(i => ($"u{i}", ""))]);
        Assert.Equal("RemovalThresholdReached", lab.Stopped?.Error.ErrorId);
        Assert.Equal("the threshold is 3", lab.Stopped?.ErrorInfo);
        Assert.Equal(3, results.Count(row => row.Status == ChatResultStatus.Succeeded));
        Assert.Equal(7, results.Count(row => (row.Status, row.ErrorId) == (ChatResultStatus.Skipped, "RunStopped")));
        Assert.Equal(7, Enumerable.Range(1, 10).Count(i => lab.CityOf($"u{i}") == "old"));
    });

    [Fact]
    public Task P7_what_cannot_be_written_ends_the_run_with_a_result_for_every_row() => Run(lab =>
    {
        lab.HasCities([.. Enumerable.Range(1, 300).Select(i => ($"u{i}", "old"))]);
        lab.Emulator.Faults.Add(Fault.Parse("im_set_attr:90045:1"));
        List<SyncResult> results = lab.Sync(null, [.. Enumerable.Range(1, 300).Select(i => ($"u{i}", "x"))]);
        Assert.Equal("FeatureNotEnabled", lab.Stopped?.Error.ErrorId);
        Assert.Equal(300, results.Count);
        Assert.DoesNotContain(results, row => row.Status == ChatResultStatus.Succeeded);
        Assert.All(results, row => Assert.Equal(row.Status == ChatResultStatus.Skipped, row.ErrorId == "RunStopped"));
        Assert.Contains(results, row => row.Status == ChatResultStatus.Skipped);
    });

    [Fact]
    public Task P1_a_defect_in_a_comparison_ends_the_run_with_a_result_for_every_row() => VirtualTime.RunAsync((time, clock) =>
    {
        using var lab = new SyncLab(time, clock) { Options = new BulkOptions { BatchSize = 3 } };
        lab.HasCities([.. Enumerable.Range(1, 30).Select(i => ($"u{i}", "old"))]);
        DesiredRows rows = SyncLab.NewRows();

        // An attribute without a name, which no way leads to.
        List<SyncResult> results = lab.Sync([.. Enumerable.Range(1, 30).Select(i => rows.NewRow(i, $"u{i}", null, [i == 14 ? null! : "city"], ["new"], []))]);
        Assert.Equal(Enumerable.Range(1, 30), results.Select(row => (int)row.Row));
        Assert.Equal(("InternalError", nameof(ArgumentNullException)), (lab.Stopped?.Error.ErrorId, lab.Stopped?.ErrorInfo));
        Assert.Equal((ChatResultStatus.Failed, "InternalError", 0), (results[13].Status, results[13].ErrorId, results[13].Attempts));
        Assert.Equal(["u14"], results.Where(row => row.Status == ChatResultStatus.Failed).Select(row => row.UserId));
        Assert.All(results.Skip(14), row => Assert.Equal((ChatResultStatus.Skipped, "RunStopped"), (row.Status, row.ErrorId)));
        Assert.All(results, row => Assert.Equal(row.Status == ChatResultStatus.Succeeded ? "new" : "old", lab.CityOf(row.UserId)));
    });

    [Fact]
    public Task A_plan_is_applied_row_by_row_and_each_only_where_the_app_is_as_it_says() => Run(lab =>
    {
        lab.HasCities(("a", "A"), ("b", "B"), ("c", "C"));
        lab.Has([("d", [("sex", "f")])]);
        List<SyncResult> results = lab.Apply(
        [
            new AttributeDifference("a", "city", "A", "x", AttributeAction.Set),
            new AttributeDifference("b", "city", "other", "x", AttributeAction.Set),
            new AttributeDifference("c", "city", "C", null, AttributeAction.Remove),
            new AttributeDifference("d", "city", null, "x", AttributeAction.Set),
            new AttributeDifference("a", "city", "x", "y", AttributeAction.Set),
        ]);
        Assert.Equal([null, "PlanOutdated", null, null, "InvalidPlan"], results.Select(row => row.ErrorId));
        Assert.Equal("The attribute is no longer as the plan says. ('city' is 'B', the plan says 'other')", results[1].Message);
        Assert.Equal(("x", "B", null, "x"), (lab.CityOf("a"), lab.CityOf("b"), lab.CityOf("c"), lab.CityOf("d")));
        Assert.All(lab.Apply(results.Where(row => row.ErrorId is null).SelectMany(row => row.Changes)), row => Assert.Equal(ChatResultStatus.Unchanged, row.Status));
    });

    [Fact]
    public Task A_row_of_a_plan_that_is_outdated_is_not_sent_with_the_other_rows_of_its_user() => Run(lab =>
    {
        lab.Has([("a", [("city", "now"), ("sex", "f"), ("level", "1")])]);
        var asked = new List<string>();
        List<SyncResult> results = lab.Apply(
        [
            new AttributeDifference("a", "city", "then", "x", AttributeAction.Set),
            new AttributeDifference("a", "sex", "m", null, AttributeAction.Remove),
            new AttributeDifference("a", "level", "1", "2", AttributeAction.Set),
        ], new SyncRules(0, user =>
        {
            asked.Add(user.Differences.ToString());
            return null;
        }));
        Assert.Equal(["PlanOutdated", "PlanOutdated", null], results.Select(row => row.ErrorId));
        Assert.Equal(["", "", "set level: '1' → '2'"], results.Select(row => row.Done.ToString()));
        Assert.Equal(["set level: '1' → '2'"], asked);
        IReadOnlyDictionary<string, string> held = lab.Emulator.State.AttributesOf("a")!;
        Assert.Equal(("now", "f", "2"), (held["city"], held["sex"], held["level"]));
        Assert.Equal(0, Calls(lab, "im_remove_attr"));
    });

    [Fact]
    public void Differences_are_text_in_a_cell_of_a_file()
    {
        var row = new SyncResult(1, "a", null);
        Assert.Equal((string.Empty, string.Empty), (row.Changes.ToString(), row.Done.ToString()));
        var difference = new AttributeDifference("a", "city", "x", "y", AttributeAction.Set);
        Assert.Equal("set city: 'x' → 'y'; set city: 'x' → 'y'", new AttributeDifferences([difference, difference]).ToString());
    }

    private static long Calls(SyncLab lab, string endpoint) => lab.Emulator.Journal.Entries.Count(entry => entry.Endpoint == endpoint);

    private static Task Run(Action<SyncLab> test) => VirtualTime.RunAsync((time, clock) =>
    {
        using var lab = new SyncLab(time, clock);
        test(lab);
    });
}
