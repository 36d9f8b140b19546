namespace TencentChat.PowerShell.Binding;

/// <summary>Finds the column that names the account.</summary>
internal static class IdColumn
{
    /// <summary>The names it may have, in order of preference, any case. The later ones are the aliases of <c>-UserId</c>.</summary>
    private static readonly string[] s_names = ["UserId", "To_Account", "Account", "Identifier", "User"];

    /// <returns>The column as the row spells it.</returns>
    /// <exception cref="BadInputException">There is none.</exception>
    public static string Find(IReadOnlyList<string> columns, string? wanted)
    {
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
            $"found {(columns.Count == 0 ? "no column" : string.Join(", ", columns))}. Say which one it is with -UserIdProperty.");
    }
}
