using System.Text;
using TencentChat.Bulk;
using TencentChat.Errors;

namespace TencentChat.Operations.Tags;

/// <summary>What can be told of tags without asking the service (P10).</summary>
internal static class TagRules
{
    /// <summary>The most tags that the service keeps for one user (page 37173).</summary>
    public const int MostPerUser = 100;

    public const string NothingToDo = "Nothing to do: the row has no tag.";

    /// <param name="tags">The tags of one user.</param>
    /// <param name="where">Which one is wrong.</param>
    /// <returns>The error, or null.</returns>
    public static ChatError? Check(IReadOnlyList<string> tags, out string? where)
    {
        foreach (string tag in tags)
        {
            if (RowRules.CheckTag(tag) is { } error)
            {
                where = $"tag '{tag}', {Encoding.UTF8.GetByteCount(tag)} bytes";
                return error;
            }
        }

        where = tags.Count > MostPerUser ? $"{tags.Count} tags" : null;
        return where is null ? null : ClientErrors.TooManyTags;
    }
}
