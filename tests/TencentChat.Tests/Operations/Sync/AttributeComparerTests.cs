using TencentChat.Operations.Sync;

namespace TencentChat.Tests.Operations.Sync;

/// <summary>What must change to make an account as a row says.</summary>
public sealed class AttributeComparerTests
{
    [Theory]
    [InlineData("Paris", "Paris", false, "")]
    [InlineData("Paris", "Rome", false, "set city: 'Paris' → 'Rome'")]
    [InlineData("Paris", "paris", false, "set city: 'Paris' → 'paris'")]
    [InlineData(null, "Rome", false, "set city: (none) → 'Rome'")]
    [InlineData("Paris", null, false, "")]
    [InlineData("Paris", null, true, "remove city: 'Paris' → (none)")]
    [InlineData(null, null, true, "")]
    [InlineData("\u00e9", "e\u0301", false, "set city: '\u00e9' → 'e\u0301'")]
    public void A_cell_is_compared_with_what_the_app_holds(string? current, string? desired, bool clearEmpty, string expected) =>
        Assert.Equal(expected, string.Join("; ", new AttributeComparer(clearEmpty, []).Compare(Read(current, desired))));

    [Fact]
    public void Attributes_without_a_column_are_pruned_where_they_are_found()
    {
        var comparer = new AttributeComparer(clearEmpty: false, pruned: ["sex", "level"]);
        DesiredRow read = Read("Paris", "Paris", new KeyValuePair<string, string>("sex", "f"));
        Assert.Equal("remove sex: 'f' → (none)", Assert.Single(comparer.Compare(read)).ToString());
    }

    [Fact]
    public void An_account_in_doubt_is_given_everything_that_the_row_says()
    {
        Assert.Equal("set city: 'Paris' → 'Paris'", Assert.Single(new AttributeComparer(false, []).TakeWhole(Read("Paris", "Paris"))).ToString());
        Assert.Empty(new AttributeComparer(false, []).TakeWhole(Read("Paris", null)));
        Assert.Equal(AttributeAction.Remove, Assert.Single(new AttributeComparer(true, []).TakeWhole(Read(null, null))).Action);
    }

    private static DesiredRow Read(string? current, string? desired, params KeyValuePair<string, string>[] more) => new(1, "u", null)
    {
        Names = ["city"],
        Values = [desired],
        Attributes = [.. current is null ? [] : new KeyValuePair<string, string>[] { new("city", current) }, .. more],
    };
}
