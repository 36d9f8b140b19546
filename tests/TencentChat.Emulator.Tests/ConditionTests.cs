using TencentChat.Emulator.Options;
using TencentChat.Emulator.State;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

/// <summary>Whom a condition is met by.</summary>
public sealed class ConditionTests
{
    // Who has which: a name stands for its tags.
    private static readonly string[] s_tagged = ["a", "b", "c", "ab", "ac", "bc", "abc", "none"];

    [Theory]
    [InlineData("\"TagsOr\":[\"a\"]", "a ab abc ac")]
    [InlineData("\"TagsOr\":[\"a\",\"b\"]", "a ab abc ac b bc")]
    [InlineData("\"TagsAnd\":[\"a\",\"b\"]", "ab abc")]
    [InlineData("\"TagsOr\":[\"a\",\"b\"],\"TagsAnd\":[\"c\"]", "abc ac bc")]
    [InlineData("\"TagsOr\":[\"A\"]", "")]
    [InlineData("\"TagsOr\":[\"never seen\"]", "")]
    [InlineData("\"TagsOr\":[],\"TagsAnd\":[\"a\"]", "a ab abc ac")]
    public async Task Tags_are_asked_for_with_or_and_with_and(string condition, string audience)
    {
        Assert.Equal(audience, await Audience(Harness.Push + "im_push", condition));
        Assert.Equal(audience, await Audience(Harness.Tim + "push", condition));
    }

    [Theory]
    [InlineData("\"TagsNot\":[\"a\"]", TagsNotMeaning.NotAll, "administrator b bc c none")]
    [InlineData("\"TagsNot\":[\"a\"]", TagsNotMeaning.NotAny, "administrator b bc c none")]
    [InlineData("\"TagsNot\":[\"a\",\"b\"]", TagsNotMeaning.NotAll, "a ac administrator b bc c none")]
    [InlineData("\"TagsNot\":[\"a\",\"b\"]", TagsNotMeaning.NotAny, "administrator c none")]
    [InlineData("\"TagsOr\":[\"c\"],\"TagsNot\":[\"a\",\"b\"]", TagsNotMeaning.NotAll, "ac bc c")]
    [InlineData("\"TagsAnd\":[\"c\"],\"TagsNot\":[\"a\",\"b\"]", TagsNotMeaning.NotAny, "c")]
    public async Task Tags_shut_out_in_one_of_two_readings(string condition, TagsNotMeaning meaning, string audience) =>
        Assert.Equal(audience, await Audience(Harness.Tim + "push", condition, meaning));

    [Theory]
    [InlineData("\"AttrsOr\":{\"city\":\"Ulm\"}", "u1 u2")]
    [InlineData("\"AttrsOr\":{\"city\":\"Ulm\",\"sex\":\"f\"}", "u1 u2 u3")]
    [InlineData("\"AttrsAnd\":{\"city\":\"Ulm\",\"sex\":\"f\"}", "u1")]
    [InlineData("\"AttrsOr\":{\"city\":\"Bonn\",\"sex\":\"f\"},\"AttrsAnd\":{\"level\":\"2\"}", "u3")]
    [InlineData("\"AttrsOr\":{\"city\":\"ulm\"}", "")]
    public async Task Attributes_are_asked_for_with_or_and_with_and(string condition, string audience)
    {
        Assert.Equal(audience, await Audience(Harness.Push + "im_push", condition));
        Assert.Equal(audience, await Audience(Harness.Tim + "push", condition));
    }

    [Fact]
    public async Task An_attribute_of_devices_is_none_for_pushes_to_users()
    {
        using var harness = new Harness(options => options.AttributeNames = []);
        await harness.Call(Harness.Tim + "set_attr_name", """{"AttrNames":{"0":"model"},"AttrTypes":{"0":1}}""");
        Assert.Equal(90033, (await harness.Call(Harness.Push + "im_push", """{"MsgRandom":1,"Condition":{"AttrsOr":{"model":"X1"}},"MsgBody":[{"MsgType":"TIMCustomElem","MsgContent":{}}]}""")).Code);
        Assert.Equal(0, (await harness.Call(Harness.Tim + "push", """{"MsgRandom":1,"Condition":{"AttrsOr":{"model":"X1"}},"OfflinePushInfo":{}}""")).Code);
    }

    /// <summary>Any condition of tags against the plainest evaluation there is: letter by letter of each name.</summary>
    [Fact]
    public async Task Any_condition_of_tags_is_met_by_whom_logic_says()
    {
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            string[] or = Some(random), and = [.. Some(random).Except(or)], not = Some(random);
            if (or.Length + and.Length + not.Length == 0)
            {
                continue;
            }

            bool isAny = random.Next(2) == 1;
            IEnumerable<string> expected = s_tagged.Append("administrator").Where(name =>
            {
                string tags = name is "none" or "administrator" ? string.Empty : name;
                bool isOut = not.Length > 0 && (isAny ? not.Any(tags.Contains) : not.All(tags.Contains));
                return (or.Length == 0 || or.Any(tags.Contains)) && and.All(tags.Contains) && !isOut;
            });
            string condition = string.Join(',', new[] { ("TagsOr", or), ("TagsAnd", and), ("TagsNot", not) }.Where(part => part.Item2.Length > 0)
                .Select(part => $"\"{part.Item1}\":[{string.Join(',', part.Item2.Select(tag => $"\"{tag}\""))}]"));
            Assert.Equal(string.Join(' ', expected.Order(StringComparer.Ordinal)), await Audience(Harness.Tim + "push", condition, isAny ? TagsNotMeaning.NotAny : TagsNotMeaning.NotAll));
        }

        static string[] Some(Random random) => [.. s_tagged.Take(3).Where(_ => random.Next(3) == 0)];
    }

    private static async Task<string> Audience(string path, string condition, TagsNotMeaning meaning = TagsNotMeaning.NotAll)
    {
        using var harness = new Harness(options => { options.Accounts = s_tagged; options.OpenQuestions.TagsNotOfSeveral = meaning; });
        string items = string.Join(',', s_tagged.Where(name => name != "none").Select(name => $$"""{"To_Account":"{{name}}","Tags":[ {{string.Join(',', name.Select(letter => $"\"{letter}\""))}}] }"""));
        Assert.Equal(0, (await harness.Call(Harness.Push + "im_add_tag", $$"""{"UserTags":[{{items}}]}""")).Code);
        if (condition.Contains("Attrs", StringComparison.Ordinal))
        {
            const string Attributes = """{"UserAttrs":[{"To_Account":"u1","Attrs":{"city":"Ulm","sex":"f"}},{"To_Account":"u2","Attrs":{"city":"Ulm","sex":"m"}},{"To_Account":"u3","Attrs":{"sex":"f","level":"2"}},{"To_Account":"u4","Attrs":{"level":"2"}}]}""";
            Assert.Equal(0, (await harness.Call(Harness.Push + "im_set_attr", Attributes)).Code);
        }

        string body = "{\"MsgRandom\":1,\"Condition\":{" + condition + "},\"MsgBody\":[{\"MsgType\":\"TIMTextElem\",\"MsgContent\":{\"Text\":\"x\"}}]}";
        Assert.Equal(0, (await harness.Call(path, body)).Code);
        Push push = Assert.Single(harness.Emulator.Pushes.Sent);
        Assert.Equal(push.AudienceCount, push.Accounts.Count);
        return string.Join(' ', push.Accounts.Order(StringComparer.Ordinal));
    }
}
