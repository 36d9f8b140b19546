using TencentChat.Bulk;
using TencentChat.Protocol;

namespace TencentChat.Operations.Attributes;

/// <summary>Attributes to set on an account, and what became of it.</summary>
/// <param name="number">The row's number in the input, from 1.</param>
/// <param name="userId">The account.</param>
/// <param name="source">The row as it came.</param>
/// <param name="names">The attributes; one array is shared by the rows of a table.</param>
/// <param name="values">The value of each, by position; null leaves that attribute alone.</param>
internal sealed class AttributeRow(long number, string userId, object? source, string[] names, string?[] values)
    : ChatResult(number, userId, source), IBulkRow<AttributeRow>, ISetsAttributes
{
    internal string[] Names => names;

    internal string?[] Values => values;

    // Explicit: whatever is public of a row becomes a column of every table that results are exported to.
    AttributeChange ISetsAttributes.ToSet => new(UserId, names, values);

    public AttributeRow MergeWith(AttributeRow later)
    {
        (string[] mergedNames, string?[] mergedValues) = ReferenceEquals(names, later.Names) ? OverlayColumns(later) : OverlayNames(later);
        return new AttributeRow(later.Row, later.UserId, later.InputObject, mergedNames, mergedValues);
    }

    private (string[] Names, string?[] Values) OverlayColumns(AttributeRow later)
    {
        string?[] merged = [.. values];
        for (int i = 0; i < merged.Length; i++)
        {
            merged[i] = later.Values[i] ?? merged[i];
        }

        return (names, merged);
    }

    private (string[] Names, string?[] Values) OverlayNames(AttributeRow later)
    {
        var merged = new Dictionary<string, string?>(StringComparer.Ordinal);
        Put(this);
        Put(later);
        return ([.. merged.Keys], [.. merged.Values]);

        void Put(AttributeRow row)
        {
            for (int i = 0; i < row.Names.Length; i++)
            {
                merged[row.Names[i]] = row.Values[i] ?? merged.GetValueOrDefault(row.Names[i]);
            }
        }
    }
}
