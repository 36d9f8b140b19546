using TencentChat.Operations.Attributes;
using TencentChat.Operations.Sync;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Binding;

/// <summary>Which columns of a row are attributes, and which have another meaning.</summary>
/// <param name="names">The app's attribute names.</param>
/// <param name="picked">The attribute columns, when the user named them.</param>
/// <param name="isBesideGiven">Whether the user named attributes for all rows, so that the rows need none of their own.</param>
internal sealed class AttributeCells(AttributeNameTable names, string[]? picked, bool isBesideGiven)
{
    /// <summary>The column that holds the attributes as a table.</summary>
    private const string Nested = "Attribute";

    // What jobs and remoting add to every object that they hand over.
    private static readonly string[] s_decorations = ["PSComputerName", "RunspaceId", "PSShowComputerName", "PSSourceJobInstanceId"];

    private static readonly string[] s_plan =
    [
        nameof(AttributeDifference.Name), nameof(AttributeDifference.Current), nameof(AttributeDifference.Desired), nameof(AttributeDifference.Action),
    ];

    /// <param name="all">All columns of the row.</param>
    /// <param name="idColumn">The one that names the user.</param>
    /// <returns>The columns with the attributes that they stand for.</returns>
    /// <exception cref="BadInputException">One is no attribute of the app, or is not there, or stands for two.</exception>
    public (string Column, string Attribute)[] Find(List<string> all, string idColumn)
    {
        if (picked is not null)
        {
            AttributeNames.RefuseUnknown(picked, names);
            return Pick(all);
        }

        string? readStatus = FindReadStatus(all);
        string[] columns = WithoutDecorations(all.Where(column => column != idColumn && column != readStatus), names);
        if (IsNested(columns))
        {
            return [(columns[0], columns[0])];
        }

        if (Array.TrueForAll(s_plan, columns.Contains) && !Array.TrueForAll(s_plan, names.Contains))
        {
            throw new BadInputException(InputErrors.RowIsPlan);
        }

        AttributeNames.RefuseUnknownColumns(columns, names, isBesideGiven);
        RefuseTwins(columns);
        return Array.ConvertAll(columns, column => (column, column));
    }

    /// <summary>The names without those that jobs and remoting add, unless the app means them.</summary>
    public static string[] WithoutDecorations(IEnumerable<string> all, AttributeNameTable names) =>
        all.Where(name => names.Contains(name) || !IsDecoration(name)).ToArray();

    /// <summary>Whether jobs and remoting add a column of this name.</summary>
    public static bool IsDecoration(string name) => s_decorations.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The column of Get-ChatUserAttribute that tells whether the row was read; null when there is none, or when the app means an attribute.</summary>
    public string? FindReadStatus(List<string> all) =>
        all.Find(column => column.Equals(nameof(ChatUserAttributes.ReadStatus), StringComparison.OrdinalIgnoreCase) && !names.Contains(column));

    /// <summary>Whether the only column holds the attributes as a table.</summary>
    public bool IsNested(string[] columns) =>
        picked is null && columns is [var only] && only.Equals(Nested, StringComparison.OrdinalIgnoreCase) && !names.Contains(only);

    // Columns are found whatever their case, as the engine finds properties; the attribute's name is what the user wrote.
    private (string Column, string Attribute)[] Pick(List<string> all)
    {
        var cells = new List<(string Column, string Attribute)>();
        foreach (string name in picked!.Distinct(StringComparer.Ordinal))
        {
            string column = ColumnName.Find(all, name)
                ?? throw new BadInputException(InputErrors.PropertyNotFound, $"The input has no column '{name}'. It has: {ColumnName.List(all)}.");
            if (cells.Find(cell => cell.Column == column).Attribute is { } other)
            {
                throw new BadInputException(InputErrors.AmbiguousColumn, $"-Property takes the column '{column}' for two attributes, '{other}' and '{name}'.");
            }

            cells.Add((column, name));
        }

        return [.. cells];
    }

    // @{ 1 = 'x'; '1' = 'y' } has two keys of one name.
    private static void RefuseTwins(string[] columns)
    {
        if (columns.GroupBy(column => column, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twins)
        {
            throw new BadInputException(InputErrors.AmbiguousColumn, $"Two columns are called '{twins.Key}'.");
        }
    }
}
