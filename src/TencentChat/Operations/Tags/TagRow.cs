using TencentChat.Bulk;

namespace TencentChat.Operations.Tags;

/// <summary>A user and tags, and what became of them.</summary>
/// <param name="number">The row's number in the input, from 1.</param>
/// <param name="userId">The user.</param>
/// <param name="source">The row as it came.</param>
/// <param name="tags">The tags, each once.</param>
internal sealed class TagRow(long number, string userId, object? source, string[] tags) : ChatResult(number, userId, source), IBulkRow<TagRow>
{
    internal string[] Tags => tags;

    /// <summary>Rows for one user are one set of tags.</summary>
    public TagRow MergeWith(TagRow later) => new(later.Row, later.UserId, later.InputObject, [.. tags.Union(later.Tags, StringComparer.Ordinal)]);
}
