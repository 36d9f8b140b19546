using System.Management.Automation;

namespace TencentChat.PowerShell.Binding;

/// <summary>Finds the column that names the user.</summary>
internal static class IdColumn
{
    /// <summary>The names it may have, in order of preference, any case. The later ones are the aliases of <c>-UserId</c>.</summary>
    private static readonly string[] s_names = ["UserId", "To_Account", "Account", "Identifier", "User"];

    // What separates columns in files that Import-Csv without -Delimiter reads as one column: Excel's own, where the
    // decimal comma is used, and a table copied from a page.
    private static readonly (char Sign, string Name)[] s_otherDelimiters = [(';', "';'"), ('\t', "`t")];

    /// <param name="row">The row.</param>
    /// <param name="columns">The names of its cells.</param>
    /// <param name="wanted">The column, when the user named it.</param>
    /// <returns>The column as the row spells it.</returns>
    /// <exception cref="BadInputException">There is none, or more than one.</exception>
    public static string Find(PSObject row, List<string> columns, string? wanted)
    {
        foreach (string name in wanted is null ? s_names : [wanted])
        {
            // One that is spelled so exactly is the one that was named; of the usual names nobody named any.
            string? column = wanted is null ? ColumnName.Single(columns, name) : ColumnName.Find(columns, name);
            if (column is null)
            {
                continue;
            }

            // Files have a property called User, also after they came from a job, and nobody who pipes one in means its owner.
            return wanted is null && name == s_names[^1] && IsFile(row) ? throw new BadInputException(InputErrors.FileIsNoRow) : column;
        }

        throw new BadInputException(
            InputErrors.UserIdColumnNotFound,
            $"No column names the user: looked for {(wanted is null ? string.Join(", ", s_names) : $"'{wanted}'")}, " +
            $"found {(columns.Count == 0 ? "no column" : ColumnName.List(columns))}.{HintOf(columns)}");
    }

    /// <summary>Whether no other column of a row can name the user instead.</summary>
    public static bool IsFirstChoice(string column, string? wanted) => wanted is not null || column.Equals(s_names[0], StringComparison.OrdinalIgnoreCase);

    private static bool IsFile(PSObject row) =>
        row.TypeNames.Any(name => name.EndsWith("System.IO.FileInfo", StringComparison.Ordinal) || name.EndsWith("System.IO.DirectoryInfo", StringComparison.Ordinal));

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
