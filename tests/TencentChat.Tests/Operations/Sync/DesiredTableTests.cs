using TencentChat.Bulk;
using TencentChat.Operations.Sync;

namespace TencentChat.Tests.Operations.Sync;

/// <summary>What must change to make users as the rows of a table say, taken together, and which row is told so.</summary>
public sealed class DesiredTableTests
{
    private static readonly string[] s_citySex = ["city", "sex"];

    [Theory]
    [InlineData("Paris", "Paris", false, "")]
    [InlineData("Paris", "Rome", false, "set city: 'Paris' → 'Rome'")]
    [InlineData("Paris", "paris", false, "set city: 'Paris' → 'paris'")]
    [InlineData(null, "Rome", false, "set city: (none) → 'Rome'")]
    [InlineData("Paris", "", false, "")]
    [InlineData("Paris", "", true, "remove city: 'Paris' → (none)")]
    [InlineData("Paris", null, true, "")]
    [InlineData(null, "", true, "")]
    [InlineData("", "", true, "remove city: '' → (none)")]
    [InlineData("\u00e9", "e\u0301", false, "set city: '\u00e9' → 'e\u0301'")]
    public void A_cell_is_compared_with_what_the_app_holds(string? current, string? desired, bool clearEmpty, string expected)
    {
        DesiredRows rows = SyncLab.NewRows(new TableRules(clearEmpty, AllowsEmptyRows: true, Prunes: false));
        List<SyncResult> decided = SyncLab.Decide(SyncLab.Cities(rows, [("u", desired)]), _ => Held(("city", current)));
        Assert.Equal([expected.Length == 0 ? "1 Unchanged" : $"1 Pending {expected}"], decided.Select(Text));
    }

    [Fact]
    public void P3_of_a_user_who_comes_several_times_the_last_row_counts()
    {
        List<SyncResult> decided = Cities([("u", "Paris"), ("v", "Oslo"), ("u", "Rome")], user => user == "u" ? "Rome" : "Bonn");
        Assert.Equal(["1 Unchanged (Row 3 of this user says otherwise, and the last row wins.)", "2 Pending set city: 'Bonn' → 'Oslo'", "3 Unchanged"], decided.Select(Text));
    }

    [Fact]
    public void P3_each_attribute_has_its_own_last_row_and_all_of_them_are_one_change()
    {
        DesiredRows rows = SyncLab.NewRows(new TableRules(false, false, false));
        List<SyncResult> decided = SyncLab.Decide(
            [rows.NewRow(1, "u", null, s_citySex, ["Paris", "f"], []), rows.NewRow(2, "u", null, s_citySex, ["Rome", ""], []), rows.NewRow(3, "u", null, ["sex"], [""], [])], _ => Held(("city", "Oslo")));
        Assert.Equal(["1 Pending set sex: (none) → 'f'", "2 Pending set city: 'Oslo' → 'Rome'", "3 Pending"], decided.Select(Text));
        UserChange change = Assert.Single(decided.Select(row => row.Change!).Distinct());
        Assert.Equal(["city=Rome", "sex=f"], change.ToSet.Names.Zip(change.ToSet.Values, (name, value) => $"{name}={value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void P3_an_empty_cell_that_removes_has_the_last_word_too()
    {
        List<SyncResult> decided = Cities([("u", "Paris"), ("u", ""), ("v", ""), ("v", "Oslo"), ("v", null)], _ => "Bonn");
        Assert.Equal(["1 Pending", "2 Pending remove city: 'Bonn' → (none)", "3 Pending", "4 Pending set city: 'Bonn' → 'Oslo'", "5 Pending"], decided.Select(Text));
    }

    [Fact]
    public void Users_compare_ordinally()
    {
        List<SyncResult> decided = Cities([("Ann", "Paris"), ("ann", "Rome")], _ => "Oslo");
        Assert.Equal(["1 Pending set city: 'Oslo' → 'Paris'", "2 Pending set city: 'Oslo' → 'Rome'"], decided.Select(Text));
    }

    [Fact]
    public void A_user_is_read_once_and_asked_about_once()
    {
        var asked = new List<string>();
        var read = new List<string>();
        List<SyncResult> decided = SyncLab.Decide(
            SyncLab.Cities(SyncLab.NewRows(), [("a", "x"), ("b", "y"), ("a", "z")]),
            user =>
            {
                read.Add(user);
                return Held(("city", "y"));
            },
            user =>
            {
                asked.Add($"{user.UserId}: {user.Differences}");
                return "No.";
            });
        Assert.Equal(["a", "b"], read);
        Assert.Equal(["a: set city: 'y' → 'z'"], asked);
        Assert.Equal(["1 Skipped (No.)", "2 Unchanged", "3 Skipped set city: 'y' → 'z' (No.)"], decided.Select(Text));
    }

    [Fact]
    public void Nothing_is_sent_for_a_user_of_whom_a_row_is_bad()
    {
        List<SyncResult> decided = Cities([("a", "x"), ("b", "x"), ("a", new string('x', 51)), ("a", "z"), ("", "x")], _ => "y");
        Assert.Equal(
            ["OtherRowFailed", null, "InvalidAttributeValue", "OtherRowFailed", "MissingUserId"],
            decided.Select(row => row.ErrorId));
        Assert.Equal(ChatResultStatus.Pending, decided[1].Status);
        Assert.Equal("Another row of this user failed, and the rows of a user count together. (row 3)", decided[0].Message);
        Assert.Equal(decided[0].Message, decided[3].Message);
    }

    [Fact]
    public void Rows_of_a_plan_stand_each_for_itself()
    {
        DesiredRows rows = SyncLab.NewRows();
        SyncResult[] plan =
        [
            rows.NewPlanRow(1, "a", null, new AttributeDifference("a", "city", "other", "x", AttributeAction.Set)),
            rows.NewPlanRow(2, "a", null, null),
            rows.NewPlanRow(3, "a", null, new AttributeDifference("a", "sex", null, "f", AttributeAction.Set)),
            rows.NewPlanRow(4, "a", null, new AttributeDifference("a", "level", "7", null, AttributeAction.Remove)),
        ];
        Assert.Equal(["PlanOutdated", "InvalidPlan", null, null], SyncLab.Decide(plan, _ => Held(("city", "y")), isPlan: true).Select(row => row.ErrorId));
        Assert.Equal(
            [ChatResultStatus.Failed, ChatResultStatus.Failed, ChatResultStatus.Pending, ChatResultStatus.Unchanged],
            plan.Select(row => row.Status));
    }

    [Theory]
    [InlineData(null, "x")]
    [InlineData("", "x")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_plan_cannot_tell_an_empty_value_from_none_and_need_not(string? current, string? desired)
    {
        var planned = new AttributeDifference("a", "city", current, desired, desired is null ? AttributeAction.Remove : AttributeAction.Set);
        List<SyncResult> decided = SyncLab.Decide([SyncLab.NewRows().NewPlanRow(1, "a", null, planned)], _ => Held(("city", "")), isPlan: true);
        Assert.Equal(ChatResultStatus.Pending, Assert.Single(decided).Status);
    }

    [Fact]
    public void Attributes_without_a_column_are_pruned_where_they_are_found_user_by_user()
    {
        DesiredRows rows = SyncLab.NewRows(new TableRules(false, false, Prunes: true));
        List<SyncResult> decided = SyncLab.Decide(
            [
                rows.NewRow(1, "a", null, ["city"], ["x"], ["UserId", "city", "LEVEL"]),
                rows.NewRow(2, "b", null, ["city"], ["x"], ["UserId", "city"]),
                rows.NewRow(3, "c", null, ["city"], ["x"], ["UserId", "city"]),
                rows.NewRow(4, "c", null, ["level"], ["3"], ["UserId", "level"]),
            ],
            _ => Held(("city", "x"), ("sex", "f"), ("level", "3")));
        Assert.Equal(
            [
                "1 Pending remove sex: 'f' → (none)",
                "2 Pending remove sex: 'f' → (none); remove level: '3' → (none)",
                "3 Pending",
                "4 Pending remove sex: 'f' → (none)",
            ],
            decided.Select(Text));
    }

    [Theory]
    [InlineData(false, "EmptyRow", "", "")]
    [InlineData(false, "EmptyRow", "", null)]
    [InlineData(false, null, null, null)]
    [InlineData(false, null, "", "x")]
    [InlineData(true, null, "", "")]
    public void A_row_that_would_clear_everything_must_be_allowed_to(bool isAllowed, string? expected, params string?[] values)
    {
        DesiredRows rows = SyncLab.NewRows(new TableRules(ClearsEmpty: true, isAllowed, false));
        Assert.Equal(expected, rows.NewRow(1, "a", null, s_citySex, values, []).ErrorId);
    }

    [Fact]
    public void Empty_cells_that_say_nothing_clear_nothing() =>
        Assert.Null(SyncLab.NewRows(new TableRules(false, false, false)).NewRow(1, "a", null, s_citySex, ["", ""], []).ErrorId);

    private static List<SyncResult> Cities((string UserId, string? City)[] rows, Func<string, string> cityOf) =>
        SyncLab.Decide(SyncLab.Cities(SyncLab.NewRows(), rows), user => Held(("city", cityOf(user))));

    private static KeyValuePair<string, string>[] Held(params (string Name, string? Value)[] values) =>
        [.. values.Where(value => value.Value is not null).Select(value => KeyValuePair.Create(value.Name, value.Value!))];

    private static string Text(SyncResult row) =>
        string.Join(' ', new[] { $"{row.Row} {row.Status}", row.Changes.ToString()!, row.Message is null ? string.Empty : $"({row.Message})" }.Where(part => part.Length > 0));
}
