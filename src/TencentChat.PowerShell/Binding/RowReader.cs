using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace TencentChat.PowerShell.Binding;

/// <summary>Reads cells of a row by name, be it an object with properties or a table of keys.</summary>
internal readonly struct RowReader
{
    private readonly PSObject _row;
    private readonly IDictionary? _table;

    public RowReader(PSObject row)
    {
        _row = row;
        _table = row.BaseObject as IDictionary;

        // Before anything is listed: the engine adds members of its own to an object whose properties are listed.
        CellCount = _table?.Count ?? CellAccess.CountOf(row);
    }

    /// <summary>
    /// A number that differs when the row has other cells than the rows before it, or <see cref="CellAccess.NotKnown"/>.
    /// </summary>
    public int CellCount { get; }

    public bool IsFile => _row.BaseObject is FileSystemInfo;

    /// <summary>The names of all cells, in order.</summary>
    public List<string> Names() => _table is null
        ? _row.Properties.Where(property => property.IsGettable).Select(property => property.Name).ToList()
        : _table.Keys.Cast<object>().Select(TextOf).ToList();

    /// <returns>False when the row has no such cell.</returns>
    public bool TryGet(string name, out object? value)
    {
        if (_table is not null)
        {
            object? key = _table.Contains(name) ? name : FindOtherKey(_table, name);
            value = key is null ? null : _table[key];
            return key is not null;
        }

        PSPropertyInfo? property = _row.Properties[name];
        value = property?.Value;
        return property is not null;
    }

    /// <param name="name">The cell's name.</param>
    /// <param name="place">Where it stood in <see cref="Names"/> of another row: mostly it stands there again, which is quicker to see.</param>
    /// <param name="value">What the cell holds.</param>
    /// <returns>False when the row has no such cell.</returns>
    public bool TryGet(string name, int place, out object? value)
    {
        if (_table is null && place < CellCount && CellAccess.PropertyAt(_row, place) is { } property && property.Name == name)
        {
            value = property.Value;
            return true;
        }

        return TryGet(name, out value);
    }

    // @{ 1 = 'x' } has a number for a key, and the app an attribute called 1.
    private static object? FindOtherKey(IDictionary table, string name) =>
        table.Keys.Cast<object>().FirstOrDefault(key => key is not string && TextOf(key) == name);

    private static string TextOf(object key) => Convert.ToString(key, CultureInfo.InvariantCulture)!;
}
