using TencentChat.Operations.Attributes;

namespace TencentChat.PowerShell.Binding;

/// <summary>
/// How the rows of an input are built: which column names the account, and which are attributes. Found for the first row,
/// and again only for one that differs.
/// </summary>
internal sealed class RowShape
{
    private RowShape(List<string> all, string idColumn, string[] columns, string[] attributes, int cellCount)
    {
        IdColumn = idColumn;
        Columns = columns;
        Attributes = attributes;
        CellCount = cellCount;
        IdPlace = all.IndexOf(idColumn);
        Places = Array.ConvertAll(columns, all.IndexOf);
    }

    /// <summary>The id column as the rows spell it.</summary>
    public string IdColumn { get; }

    /// <summary>The attribute columns as the rows spell them.</summary>
    public string[] Columns { get; }

    /// <summary>Where <see cref="IdColumn"/> stands among all columns.</summary>
    public int IdPlace { get; }

    /// <summary>Where <see cref="Columns"/> stand among all columns.</summary>
    public int[] Places { get; }

    /// <summary>The app's names of <see cref="Columns"/>. One array for all rows of this shape.</summary>
    public string[] Attributes { get; }

    /// <summary>Whether the only other column, called Attribute, holds the attributes as a table.</summary>
    public bool IsNested { get; private init; }

    /// <summary>How many cells each row has; another number is another shape.</summary>
    public int CellCount { get; }

    /// <param name="row">A row.</param>
    /// <param name="names">The app's attribute names.</param>
    /// <param name="idProperty">The id column, when the user named it.</param>
    /// <param name="picked">The attribute columns, when the user named them.</param>
    /// <exception cref="BadInputException">The row has no id column, or a column that is no attribute.</exception>
    public static RowShape Of(RowReader row, AttributeNameTable names, string? idProperty, string[]? picked)
    {
        List<string> all = row.Names();
        string id = Binding.IdColumn.Find(row, idProperty);
        string[] columns = picked is null
            ? all.Where(column => column != id).ToArray()
            : picked.Select(name => Pick(all, name)).Distinct(StringComparer.Ordinal).ToArray();
        if (picked is null && columns is [var only] && only.Equals("Attribute", StringComparison.OrdinalIgnoreCase) && !names.Contains(only))
        {
            return new RowShape(all, id, columns, columns, row.CellCount) { IsNested = true };
        }

        AttributeNames.RefuseUnknown(picked ?? columns, names);
        return new RowShape(all, id, columns, picked?.Distinct(StringComparer.Ordinal).ToArray() ?? columns, row.CellCount);
    }

    // The engine finds properties whatever their case, and so does -Property; the attribute's name is what the user wrote.
    private static string Pick(List<string> columns, string name) =>
        columns.FirstOrDefault(column => column.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new BadInputException("PropertyNotFound", $"The input has no column '{name}'. It has: {string.Join(", ", columns)}.");
}
