using System.Text;
using System.Text.Json;
using TencentChat.Emulator.Protocol;

namespace TencentChat.Emulator.Commands;

/// <summary>Reads lists of tags.</summary>
internal static class TagReader
{
    /// <summary>The tags of a list, each of 1 to 50 UTF-8 bytes; none stands there twice, or it counts once.</summary>
    public static List<string> Read(Call call, RequestBody body, JsonElement value, int limit, int emptyCode, int lengthCode)
    {
        var tags = new List<string>();
        foreach (JsonElement item in body.Items(value, limit, Codes.TooManyTags))
        {
            string tag = body.TryText(item) ?? throw call.BadBody("a tag is not a string");
            if (tag.Length == 0)
            {
                throw Call.Refuse(emptyCode);
            }

            if (tag.Length > Limits.TextBytes || Encoding.UTF8.GetByteCount(tag) > Limits.TextBytes)
            {
                throw Call.Refuse(lengthCode);
            }

            if (!tags.Contains(tag, StringComparer.Ordinal))
            {
                tags.Add(tag);
            }
            else if (call.Questions.DuplicateTagFailsCall)
            {
                throw call.BadBody("a tag stands there twice");
            }
        }

        return tags;
    }
}
