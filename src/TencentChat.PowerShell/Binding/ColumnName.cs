namespace TencentChat.PowerShell.Binding;

/// <summary>Finds columns by name, and lists them in messages.</summary>
internal static class ColumnName
{
    private const int MostListed = 10;

    /// <summary>The column that is spelled so; else the one that is spelled so but for case.</summary>
    /// <returns>The column as the row spells it; null when there is none.</returns>
    /// <exception cref="BadInputException">No column is spelled so, and several are but for case.</exception>
    public static string? Find(List<string> columns, string name) => columns.Contains(name) ? name : Single(columns, name);

    /// <summary>The one column that is spelled so, in any case.</summary>
    /// <returns>The column as the row spells it; null when there is none.</returns>
    /// <exception cref="BadInputException">There are several.</exception>
    public static string? Single(List<string> columns, string name)
    {
        string? found = null;
        foreach (string column in columns)
        {
            if (!column.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            found = found is null ? column
                : throw new BadInputException(InputErrors.AmbiguousColumn, $"The columns '{found}' and '{column}' both fit the name '{name}'.");
        }

        return found;
    }

    /// <summary>The first few of many names.</summary>
    public static string List(IReadOnlyCollection<string> names) =>
        names.Count <= MostListed ? string.Join(", ", names) : $"{string.Join(", ", names.Take(MostListed))} and {names.Count - MostListed} more";
}
