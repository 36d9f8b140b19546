using System.Text.Json;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator.Host;

/// <summary>Whom a push was for, in words: its condition as the emulator took it.</summary>
internal static class AudienceWords
{
    public static string Of(Push push, TagsNotMeaning tagsNot)
    {
        if (push.Condition is null)
        {
            return push.Endpoint == "batch" ? "the accounts it names" : "everybody";
        }

        using var condition = JsonDocument.Parse(push.Condition);
        JsonElement root = condition.RootElement;
        string[] parts =
        [
            Tags(root, "TagsOr", "any of the tags"),
            Tags(root, "TagsAnd", "all of the tags"),
            Tags(root, "TagsNot", tagsNot == TagsNotMeaning.NotAny ? "none of the tags" : "not all of the tags", "not "),
            Attributes(root, "AttrsOr", " or "),
            Attributes(root, "AttrsAnd", " and "),
        ];
        parts = [.. parts.Where(part => part.Length > 0)];
        return parts.Length switch
        {
            0 => "everybody",
            1 => parts[0],
            _ => string.Join(" and ", parts.Select(part => $"({part})")),
        };
    }

    private static string Tags(JsonElement condition, string member, string several, string one = "")
    {
        string[] tags = condition.TryGetProperty(member, out JsonElement list) ? [.. list.EnumerateArray().Select(tag => $"'{tag.GetString()}'")] : [];
        return tags.Length switch
        {
            0 => string.Empty,
            1 => $"{one}the tag {tags[0]}",
            _ => $"{several} {string.Join(", ", tags)}",
        };
    }

    private static string Attributes(JsonElement condition, string member, string word) =>
        condition.TryGetProperty(member, out JsonElement values)
            ? string.Join(word, values.EnumerateObject().Select(wanted => $"{wanted.Name} = '{wanted.Value.GetString()}'"))
            : string.Empty;
}
