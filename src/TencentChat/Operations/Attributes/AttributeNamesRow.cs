using TencentChat.Bulk;
using TencentChat.Protocol;

namespace TencentChat.Operations.Attributes;

/// <summary>Attributes to remove from an account, and what became of it.</summary>
/// <param name="number">The row's number in the input, from 1.</param>
/// <param name="userId">The account.</param>
/// <param name="source">The row as it came.</param>
/// <param name="names">The attributes; one array is shared by rows that ask for the same.</param>
internal sealed class AttributeNamesRow(long number, string userId, object? source, string[] names)
    : ChatResult(number, userId, source), IBulkRow<AttributeNamesRow>, IRemovesAttributes
{
    internal string[] Names => names;

    AttributeRemoval IRemovesAttributes.ToRemove => new(UserId, names);

    public AttributeNamesRow MergeWith(AttributeNamesRow later) => ReferenceEquals(names, later.Names) ? later
        : new(later.Row, later.UserId, later.InputObject, [.. names.Union(later.Names, StringComparer.Ordinal)]);
}
