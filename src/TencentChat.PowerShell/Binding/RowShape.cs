using System.Runtime.CompilerServices;

namespace TencentChat.PowerShell.Binding;

/// <summary>
/// How the rows of an input are built: which cells to read. Found for the first row, and again for each that differs from
/// the one before.
/// </summary>
internal sealed class RowShape
{
    private readonly List<string> _all;
    private readonly string[] _wanted;
    private readonly bool _isTable;
    private readonly RowLayout? _layout;

    /// <param name="row">A row.</param>
    /// <param name="all">The names of its cells.</param>
    /// <param name="wanted">Those to read.</param>
    /// <param name="isOthersToo">Whether it matters what the other cells are called.</param>
    public RowShape(in RowReader row, List<string> all, string[] wanted, bool isOthersToo)
    {
        _all = all;
        _wanted = wanted;
        _isTable = row.IsTable;
        _layout = RowLayout.Of(row, all, wanted, isOthersToo);
        Cells = new object?[wanted.Length];
    }

    /// <summary>The names of all cells.</summary>
    public IReadOnlyList<string> Columns => _all;

    /// <summary>What the cells of the row hold that was read last, in the order in which they were wanted.</summary>
    public object?[] Cells { get; }

    /// <summary>Reads a row that is built like this.</summary>
    /// <returns>False when it is built otherwise.</returns>
    /// <exception cref="BadRowException">A cell cannot be read.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(in RowReader row)
    {
        if (_layout is not null)
        {
            return _layout.TryRead(row, Cells);
        }

        if (!_isTable || !row.IsTable || row.KeyCount != _all.Count || !_all.TrueForAll(row.Has))
        {
            return false;
        }

        Read(row);
        return true;
    }

    /// <summary>Reads the row that this was found for.</summary>
    /// <exception cref="BadRowException">A cell cannot be read.</exception>
    public void Read(in RowReader row)
    {
        for (int i = 0; i < _wanted.Length; i++)
        {
            row.TryGet(_wanted[i], out Cells[i]);
        }
    }
}
