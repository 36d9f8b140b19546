using TencentChat.Emulator.Host;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator.Tests;

/// <summary>Whom a push was for, in words.</summary>
public sealed class AudienceWordsTests
{
    [Theory]
    [InlineData(null, "everybody")]
    [InlineData("{}", "everybody")]
    [InlineData("""{"TagsOr":["a"]}""", "the tag 'a'")]
    [InlineData("""{"TagsOr":["a","b"],"TagsAnd":[]}""", "any of the tags 'a', 'b'")]
    [InlineData("""{"TagsAnd":["a","b"]}""", "all of the tags 'a', 'b'")]
    [InlineData("""{"TagsNot":["a"]}""", "not the tag 'a'")]
    [InlineData("""{"TagsNot":["a","b"]}""", "not all of the tags 'a', 'b'")]
    [InlineData("""{"TagsOr":["a","b"],"TagsAnd":["c"],"TagsNot":["d"]}""", "(any of the tags 'a', 'b') and (the tag 'c') and (not the tag 'd')")]
    [InlineData("""{"AttrsOr":{"city":"Ulm","sex":"f"}}""", "city = 'Ulm' or sex = 'f'")]
    [InlineData("""{"AttrsOr":{"city":"Ulm","sex":"f"},"AttrsAnd":{"vip":"yes","age":"7"}}""", "(city = 'Ulm' or sex = 'f') and (vip = 'yes' and age = '7')")]
    public void A_condition_is_told_as_it_was_taken(string? condition, string words) => Assert.Equal(words, Words(condition, "push", TagsNotMeaning.NotAll));

    [Fact]
    public void What_tags_shut_out_is_told_as_it_is_assumed() =>
        Assert.Equal("none of the tags 'a', 'b'", Words("""{"TagsNot":["a","b"]}""", "push", TagsNotMeaning.NotAny));

    [Fact]
    public void Named_accounts_are_not_everybody() => Assert.Equal("the accounts it names", Words(null, "batch", TagsNotMeaning.NotAll));

    private static string Words(string? condition, string endpoint, TagsNotMeaning tagsNot) => AudienceWords.Of(
        new Push { TaskId = "1", Endpoint = endpoint, Time = default, MsgRandom = 1, Condition = condition, Text = "", AudienceCount = 0, Accounts = [] }, tagsNot);
}
