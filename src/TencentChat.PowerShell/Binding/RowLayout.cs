namespace TencentChat.PowerShell.Binding;

/// <summary>Which cell has which number, in rows that are all built alike. A row with another layout is looked at anew.</summary>
internal sealed class RowLayout
{
    private readonly string?[] _names;

    private RowLayout(string?[] names) => _names = names;

    /// <param name="row">A row.</param>
    /// <param name="all">The names of its cells.</param>
    /// <returns>Null for a row whose cells cannot all be had by number.</returns>
    public static RowLayout? Of(in RowReader row, List<string> all)
    {
        if (row.Count < all.Count)
        {
            return null;
        }

        var names = new string?[row.Count];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = row.NameAt(i);
        }

        // Cells that its type gives to an object have no number.
        return all.TrueForAll(name => names.Contains(name)) ? new RowLayout(names) : null;
    }

    /// <summary>Whether the row has the same cells in the same order.</summary>
    public bool Fits(in RowReader row)
    {
        if (row.Count != _names.Length)
        {
            return false;
        }

        for (int i = 0; i < _names.Length; i++)
        {
            if (row.NameAt(i) != _names[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The number of a cell.</summary>
    public int PlaceOf(string name) => Array.IndexOf(_names, name);
}
