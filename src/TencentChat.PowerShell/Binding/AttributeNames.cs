using TencentChat.Errors;
using TencentChat.Operations.Attributes;

namespace TencentChat.PowerShell.Binding;

/// <summary>Checks names against the app's own, before anything is sent (P10).</summary>
internal static class AttributeNames
{
    /// <exception cref="BadInputException">The app does not have one of the names.</exception>
    public static void RefuseUnknown(IEnumerable<string> wanted, AttributeNameTable names) =>
        Refuse(wanted, names, InputErrors.UnknownName, "case matters");

    /// <param name="columns">Columns of a table.</param>
    /// <param name="names">The app's attribute names.</param>
    /// <param name="isBesideGiven">Whether the user named attributes for all rows.</param>
    /// <exception cref="BadInputException">One is no attribute.</exception>
    public static void RefuseUnknownColumns(IEnumerable<string> columns, AttributeNameTable names, bool isBesideGiven) =>
        Refuse(columns, names, isBesideGiven ? InputErrors.UnknownColumnBesideAttribute : InputErrors.UnknownColumn, "case matters: -Property {0} takes the column for it");

    private static void Refuse(IEnumerable<string> wanted, AttributeNameTable names, ChatError error, string hint)
    {
        string[] unknown = wanted.Where(name => !names.Contains(name)).ToArray();
        if (unknown.Length > 0)
        {
            throw new BadInputException(
                error,
                $"The app has no attribute {ColumnName.List(Array.ConvertAll(unknown, name => Describe(name, names, hint)))}. " +
                $"It has: {(names.Names.Count == 0 ? "none yet" : string.Join(", ", names.Names))}.");
        }
    }

    private static string Describe(string name, AttributeNameTable names, string hint) =>
        names.Names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } similar
            ? $"'{name}' (it has '{similar}'; {hint.Replace("{0}", similar, StringComparison.Ordinal)})"
            : $"'{name}'";
}
