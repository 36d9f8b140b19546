using System.Management.Automation;
using TencentChat.Operations.Sync;
using TencentChat.PowerShell.Binding;

namespace TencentChat.PowerShell.Cmdlets;

/// <summary>A cmdlet whose rows say how users should be: it reads how they are, and compares.</summary>
public abstract class DesiredStateCommand : AttributeRowCommand
{
    /// <summary>An empty cell asks for the attribute to be removed; otherwise it asks for nothing.</summary>
    [Parameter]
    public SwitchParameter ClearEmpty { get; set; }

    /// <summary>With <see cref="ClearEmpty"/>: a row whose cells are all empty asks for all of them to be removed; otherwise it fails.</summary>
    [Parameter]
    public SwitchParameter AllowEmptyRow { get; set; }

    /// <summary>Asks for the removal of the app's attributes that the table has no column for.</summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    /// <inheritdoc/>
    private protected override bool IsMissingCellTold => ClearEmpty;

    /// <summary>Makes the rows of the table.</summary>
    private protected DesiredRows NewRows() => new(new TableRules(ClearEmpty, AllowEmptyRow, Prune), new RowPacker().Pack);

    /// <summary>Binds the rows of the table.</summary>
    private protected Func<PSObject, long, SyncResult> BindTable(DesiredRows rows) => BindAttributes(rows, names => rows.AppNames = names.Names);
}
