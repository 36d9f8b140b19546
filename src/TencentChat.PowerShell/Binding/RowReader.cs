using System.Collections;
using System.Data;
using System.Globalization;
using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace TencentChat.PowerShell.Binding;

/// <summary>
/// Reads cells of a row by name, be it an object with properties, a table of keys, or a row of a database's table; and by
/// number where its cells have one, which is quicker.
/// </summary>
internal readonly struct RowReader
{
    private readonly PSObject _row;
    private readonly IDictionary? _table;
    private readonly DataRowView? _view;
    private readonly DataColumnCollection? _columns;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public RowReader(PSObject row)
    {
        _row = row;
        switch (row.BaseObject)
        {
            case PSCustomObject:
                // Before anything is listed: the engine adds members of its own to an object whose properties are listed.
                Count = CellAccess.CountOf(row);
                return;
            case IDictionary table:
                _table = table;
                break;
            case DataRow data:
                _columns = data.Table.Columns;
                break;
            case DataRowView view:
                _view = view;
                _columns = view.Row.Table.Columns;
                break;
        }

        Count = _columns?.Count ?? CellAccess.NotKnown;
    }

    /// <summary>How many cells can be had by number; <see cref="CellAccess.NotKnown"/> for a row whose cells have none.</summary>
    public int Count { get; }

    /// <summary>Whether the row is a table of keys, which may differ by case alone.</summary>
    public bool IsTable => _table is not null;

    /// <summary>How many keys a table has.</summary>
    public int KeyCount => _table?.Count ?? 0;

    /// <summary>The names of all cells, in order.</summary>
    public List<string> Names() =>
        _table is not null ? _table.Keys.Cast<object>().Select(TextOf).ToList()
        : _columns is not null ? _columns.Cast<DataColumn>().Select(column => column.ColumnName).ToList()
        : _row.Properties.Where(property => property.IsGettable).Select(property => property.Name).ToList();

    /// <summary>The name of the cell with this number; null when it holds something else than a value.</summary>
    public string? NameAt(int place) => _columns is null ? CellAccess.PropertyAt(_row, place)?.Name : _columns[place].ColumnName;

    /// <summary>Looks at the cell with this number.</summary>
    /// <param name="place">The number.</param>
    /// <param name="name">What it is to be called; null for what is no cell.</param>
    /// <param name="isWanted">Whether to read it, too.</param>
    /// <param name="value">What it holds; null when it is not read.</param>
    /// <returns>False when it is called otherwise.</returns>
    /// <exception cref="BadRowException">The cell cannot be read.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryGet(int place, string? name, bool isWanted, out object? value)
    {
        value = null;
        if (_columns is not null)
        {
            DataColumn column = _columns[place];
            if (column.ColumnName != name)
            {
                return false;
            }

            value = isWanted ? ValueOf(column) : null;
            return true;
        }

        PSPropertyInfo? property = CellAccess.PropertyAt(_row, place);
        if (property?.Name != name)
        {
            return false;
        }

        value = isWanted ? ValueOf(property!) : null;
        return true;
    }

    /// <param name="name">The cell's name as the row spells it.</param>
    /// <param name="value">What the cell holds.</param>
    /// <returns>False when the row has no such cell.</returns>
    /// <exception cref="BadRowException">The cell cannot be read.</exception>
    public bool TryGet(string name, out object? value)
    {
        if (_table is not null)
        {
            object? key = KeyOf(_table, name);
            value = key is null ? null : ValueOf(_table, key);
            return key is not null;
        }

        if (_columns is not null)
        {
            DataColumn? column = _columns.Contains(name) ? _columns[name] : null;
            value = column is null ? null : ValueOf(column);
            return column is not null;
        }

        PSPropertyInfo? property = _row.Properties[name];
        value = property is null ? null : ValueOf(property);
        return property is not null;
    }

    /// <summary>Whether the row has such a cell.</summary>
    public bool Has(string name) =>
        _table is not null ? KeyOf(_table, name) is not null
        : _columns is not null ? _columns.Contains(name)
        : _row.Properties[name] is not null;

    private object? ValueOf(DataColumn column)
    {
        try
        {
            return _view is not null ? _view[column.Ordinal] : ((DataRow)_row.BaseObject)[column];
        }
        catch (DataException fault)
        {
            // A row that was deleted from its table has no cells any more.
            throw Unreadable(column.ColumnName, fault);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static object? ValueOf(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (ExtendedTypeSystemException fault) when (fault.InnerException is PipelineStoppedException)
        {
            throw new PipelineStoppedException();
        }
        catch (ExtendedTypeSystemException fault)
        {
            throw Unreadable(property.Name, fault);
        }
    }

    private static object? ValueOf(IDictionary table, object key)
    {
        try
        {
            return table[key];
        }
        catch (Exception fault)
        {
            throw Unreadable(TextOf(key), fault);
        }
    }

    private static BadRowException Unreadable(string name, Exception fault) =>
        new(InputErrors.UnreadableCell, $"The cell '{name}' cannot be read. ({(fault is ExtendedTypeSystemException { InnerException: { } inner } ? inner : fault).Message})");

    // @{ 1 = 'x' } has a number for a key, and the app an attribute called 1.
    private static object? KeyOf(IDictionary table, string name) =>
        table.Contains(name) ? name : table.Keys.Cast<object>().FirstOrDefault(key => key is not string && TextOf(key) == name);

    private static string TextOf(object key) => Convert.ToString(key, CultureInfo.InvariantCulture)!;
}
