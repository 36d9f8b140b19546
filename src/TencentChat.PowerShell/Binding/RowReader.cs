using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace TencentChat.PowerShell.Binding;

/// <summary>Reads cells of a row by name, be it an object with properties or a table of keys.</summary>
internal readonly struct RowReader
{
    private readonly PSObject _row;
    private readonly PSMemberInfoCollection<PSPropertyInfo>? _properties;
    private readonly IDictionary? _table;

    public RowReader(PSObject row)
    {
        _row = row;
        _table = row.BaseObject as IDictionary;
        _properties = _table is null ? row.Properties : null;
    }

    /// <summary>How many cells the row has, or <see cref="PropertyCount.NotKnown"/>.</summary>
    public int CellCount => _table?.Count ?? PropertyCount.Of(_row);

    public bool IsFile => _row.BaseObject is FileSystemInfo;

    /// <summary>The names of all cells, in order.</summary>
    public List<string> Names() => _table is null
        ? _properties!.Where(property => property.IsGettable).Select(property => property.Name).ToList()
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

        PSPropertyInfo? property = _properties![name];
        value = property?.Value;
        return property is not null;
    }

    // @{ 1 = 'x' } has a number for a key, and the app an attribute called 1.
    private static object? FindOtherKey(IDictionary table, string name) =>
        table.Keys.Cast<object>().FirstOrDefault(key => key is not string && TextOf(key) == name);

    private static string TextOf(object key) => Convert.ToString(key, CultureInfo.InvariantCulture)!;
}
