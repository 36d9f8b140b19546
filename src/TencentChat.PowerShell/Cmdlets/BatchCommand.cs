using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.PowerShell.Binding;

namespace TencentChat.PowerShell.Cmdlets;

/// <summary>A bulk cmdlet whose command takes many users in one call.</summary>
public abstract class BatchCommand : BulkCommand
{
    /// <summary>The most users sent in one call; left alone, as many as the service takes.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public virtual int BatchSize { get; set; }

    /// <inheritdoc/>
    private protected sealed override int? RowsPerCall => BatchSize == 0 ? null : BatchSize;

    /// <summary>Binds rows with their attributes. The app's names are asked for when the first row comes.</summary>
    /// <param name="rows">Makes the rows.</param>
    /// <param name="attribute">What to set for every user.</param>
    /// <param name="columns">The columns to use; null for all but the id column.</param>
    /// <param name="isMissingCellTold">Whether to tell of cells that hold nothing at all, where an empty text has a meaning.</param>
    /// <param name="useNames">Told the app's names.</param>
    private protected Func<PSObject, long, TRow> BindAttributes<TRow>(
        IAttributeRows<TRow> rows, PSObject? attribute, string[]? columns, bool isMissingCellTold = false, Action<AttributeNameTable>? useNames = null)
        where TRow : ChatResult
    {
        AttributeRowBinder<TRow>? binder = null;
        return (input, number) => binder is not null ? binder.Bind(input, number) : WithNames(names =>
        {
            useNames?.Invoke(names);
            AttributeArgument? given = attribute is null ? null : AttributeArgument.From(attribute, names);
            binder = new AttributeRowBinder<TRow>(names, UserIdProperty, columns, given, rows, isMissingCellTold, WriteWarning);
            return binder.Bind(input, number);
        });
    }
}
