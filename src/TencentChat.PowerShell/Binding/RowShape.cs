namespace TencentChat.PowerShell.Binding;

/// <summary>
/// How the rows of an input are built: which column names the user, and which are attributes. Found for the first row, and
/// again for each that differs from the one before.
/// </summary>
internal sealed class RowShape
{
    private readonly List<string> _all;
    private readonly bool _isTable;
    private readonly RowLayout? _layout;
    private readonly Column _id;
    private readonly Column? _readStatus;
    private readonly Column[] _cells;

    /// <param name="row">A row.</param>
    /// <param name="all">The names of its cells.</param>
    /// <param name="idColumn">The one that names the user.</param>
    /// <param name="readStatus">The one that tells whether the row was read; null when there is none.</param>
    /// <param name="cells">Those that are attributes.</param>
    public RowShape(in RowReader row, List<string> all, string idColumn, string? readStatus, string[] cells)
    {
        _all = all;
        _isTable = row.IsTable;
        _layout = RowLayout.Of(row, all);
        _id = ColumnOf(idColumn);
        _readStatus = readStatus is null ? null : ColumnOf(readStatus);
        _cells = Array.ConvertAll(cells, ColumnOf);
    }

    /// <summary>Whether the row is built like this.</summary>
    public bool Fits(in RowReader row) =>
        _layout is not null ? _layout.Fits(row) : _isTable && row.IsTable && row.KeyCount == _all.Count && _all.TrueForAll(row.Has);

    public object? Id(in RowReader row) => Read(row, _id);

    public object? ReadStatus(in RowReader row) => _readStatus is { } column ? Read(row, column) : null;

    public object? Cell(in RowReader row, int index) => Read(row, _cells[index]);

    private Column ColumnOf(string name) => new(name, _layout?.PlaceOf(name) ?? -1);

    private static object? Read(in RowReader row, Column column)
    {
        if (column.Place >= 0)
        {
            return row.ValueAt(column.Place);
        }

        row.TryGet(column.Name, out object? value);
        return value;
    }

    private readonly record struct Column(string Name, int Place);
}
