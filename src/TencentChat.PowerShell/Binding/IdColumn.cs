namespace TencentChat.PowerShell.Binding;

/// <summary>Finds the column that names the account.</summary>
internal static class IdColumn
{
    /// <summary>The names it may have, in order of preference, any case. The later ones are the aliases of <c>-UserId</c>.</summary>
    private static readonly string[] s_names = ["UserId", "To_Account", "Account", "Identifier", "User"];

    // What separates columns in files that Import-Csv without -Delimiter reads as one column: Excel's own, where the
    // decimal comma is used, and a table copied from a page.
    private static readonly (char Sign, string Name)[] s_otherDelimiters = [(';', "';'"), ('\t', "`t")];

    /// <returns>The column as the row spells it.</returns>
    /// <exception cref="BadInputException">There is none.</exception>
    public static string Find(RowReader row, string? wanted)
    {
        // Files have a property called User, and nobody who pipes one in means to delete its owner.
        if (row.IsFile && wanted is null)
        {
            throw new BadInputException("FileIsNoRow", "The input is a file itself, not the rows in it: read it first, with Import-Csv.");
        }

        List<string> columns = row.Names();
        foreach (string name in wanted is null ? s_names : [wanted])
        {
            if (columns.FirstOrDefault(column => column.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } column)
            {
                return column;
            }
        }

        throw new BadInputException(
            "UserIdColumnNotFound",
            $"No column names the account: looked for {(wanted is null ? string.Join(", ", s_names) : $"'{wanted}'")}, " +
            $"found {(columns.Count == 0 ? "no column" : string.Join(", ", columns))}. Say which one it is with -UserIdProperty.{HintOf(columns)}");
    }

    private static string HintOf(List<string> columns)
    {
        if (columns is [var only])
        {
            foreach ((char sign, string name) in s_otherDelimiters)
            {
                if (only.Contains(sign, StringComparison.Ordinal))
                {
                    return $" If the file was read with Import-Csv: its columns seem to be separated otherwise, so add -Delimiter {name}.";
                }
            }
        }

        return string.Empty;
    }
}
