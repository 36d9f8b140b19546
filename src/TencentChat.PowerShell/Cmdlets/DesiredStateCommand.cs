using System.Management.Automation;
using TencentChat.Operations.Sync;
using TencentChat.PowerShell.Binding;

namespace TencentChat.PowerShell.Cmdlets;

/// <summary>A cmdlet whose rows say how accounts should be: it reads how they are, and compares.</summary>
public abstract class DesiredStateCommand : AttributeRowCommand
{
    private AttributeComparer? _comparer;
    private string[]? _columns;

    /// <summary>An empty cell asks for the attribute to be removed; left alone, it asks for nothing.</summary>
    [Parameter]
    public SwitchParameter ClearEmpty { get; set; }

    /// <summary>Asks for the removal of the app's attributes that the table has no column for.</summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    /// <summary>Tells what must change for rows that bring these columns.</summary>
    private protected AttributeComparer ComparerOf(DesiredRow row)
    {
        // What -Property leaves out is not among the names, and may differ from row to row.
        if (_comparer is null || !ReferenceEquals(_columns, row.Names) || (Prune && Property is not null))
        {
            _columns = row.Names;
            _comparer = new AttributeComparer(ClearEmpty, Prune ? FindPrunable(row) : []);
        }

        return _comparer;
    }

    // A column that -Property leaves out is still one: its attribute is nobody's leftover.
    private string[] FindPrunable(DesiredRow row)
    {
        List<string> columns = new RowReader(PSObject.AsPSObject(row.InputObject!)).Names();
        return [.. Names.Names.Except(row.Names, StringComparer.Ordinal).Except(columns, StringComparer.OrdinalIgnoreCase)];
    }
}
