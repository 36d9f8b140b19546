using System.Runtime.CompilerServices;

namespace TencentChat.PowerShell.Binding;

/// <summary>Which cell has which number, in rows that are all built alike. A row with another layout is looked at anew.</summary>
internal sealed class RowLayout
{
    private readonly int _count;
    private readonly Place[] _places;

    private RowLayout(int count, Place[] places)
    {
        _count = count;
        _places = places;
    }

    /// <param name="row">A row.</param>
    /// <param name="all">The names of its cells.</param>
    /// <param name="wanted">Those to read.</param>
    /// <param name="isOthersToo">Whether it matters what the other cells are called.</param>
    /// <returns>Null for a row whose cells cannot all be had by number.</returns>
    public static RowLayout? Of(in RowReader row, List<string> all, string[] wanted, bool isOthersToo)
    {
        // Where cells have no numbers, how many there are is not known, and below zero.
        var places = new Place[Math.Max(0, row.Count)];
        int count = 0;
        int found = 0;
        for (int i = 0; i < row.Count; i++)
        {
            string? name = row.NameAt(i);
            found += name is not null && all.Contains(name) ? 1 : 0;
            int target = name is null ? -1 : Array.IndexOf(wanted, name);
            if (target >= 0 || isOthersToo)
            {
                places[count++] = new Place(i, name, target);
            }
        }

        // Cells that its type gives to an object have no number.
        return found == all.Count ? new RowLayout(row.Count, places[..count]) : null;
    }

    /// <summary>Reads the cells of a row that has this layout.</summary>
    /// <param name="row">The row.</param>
    /// <param name="cells">What the wanted cells hold, in their order.</param>
    /// <returns>False when the row has another one.</returns>
    /// <exception cref="BadRowException">A cell cannot be read.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(in RowReader row, object?[] cells)
    {
        if (row.Count != _count)
        {
            return false;
        }

        foreach (Place place in _places)
        {
            if (!row.TryGet(place.Number, place.Name, place.Target >= 0, out object? value))
            {
                return false;
            }

            if (place.Target >= 0)
            {
                cells[place.Target] = value;
            }
        }

        return true;
    }

    private readonly record struct Place(int Number, string? Name, int Target);
}
