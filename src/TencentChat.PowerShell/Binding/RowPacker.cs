using System.Management.Automation;
using TencentChat.Bulk;

namespace TencentChat.PowerShell.Binding;

/// <summary>
/// Keeps rows of text, such as those of a CSV file, as their text alone: the engine's object takes more than ten times as much
/// memory. Any other row is kept as it is.
/// </summary>
internal sealed class RowPacker
{
    private string[] _names = [];

    public object? Pack(object? source) => source is PSObject row && TryPack(row) is { } packed ? packed : source;

    private TextRow? TryPack(PSObject row)
    {
        int count = CellAccess.CountOf(row);
        if (count <= 0 || row.TypeNames is not ["System.Management.Automation.PSCustomObject", "System.Object"])
        {
            return null;
        }

        string?[] cells = new string?[count];
        bool isBuiltAlike = count == _names.Length;
        for (int i = 0; i < count; i++)
        {
            if (CellAccess.PropertyAt(row, i) is not PSNoteProperty { Value: null or string, IsSettable: true } cell || cell.GetType() != typeof(PSNoteProperty))
            {
                return null;
            }

            cells[i] = (string?)cell.Value;
            isBuiltAlike = isBuiltAlike && cell.Name == _names[i];
        }

        if (!isBuiltAlike)
        {
            _names = [.. Enumerable.Range(0, count).Select(place => CellAccess.PropertyAt(row, place)!.Name)];
        }

        return new TextRow(_names, cells);
    }

    private sealed class TextRow(string[] names, string?[] cells) : PackedRow
    {
        public override object Unpack()
        {
            var row = new PSObject();
            for (int i = 0; i < names.Length; i++)
            {
                row.Properties.Add(new PSNoteProperty(names[i], cells[i]), preValidated: true);
            }

            return row;
        }
    }
}
