using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Completion;

namespace TencentChat.PowerShell.Cmdlets;

/// <summary>A bulk cmdlet whose rows bring attribute values: in columns, or all the same by <see cref="Attribute"/>.</summary>
public abstract class AttributeRowCommand : BatchCommand
{
    /// <summary>What to set for every account: a hashtable, an ordered dictionary, or an object.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = UserSet)]
    [ValidateNotNull]
    public PSObject? Attribute { get; set; }

    /// <summary>The input's columns to use; left alone, all but the id column.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AttributeNameCompleter))]
    public string[]? Property { get; set; }

    /// <summary>Whether to tell of cells that hold nothing at all, where an empty text has a meaning.</summary>
    private protected virtual bool IsMissingCellTold => false;

    /// <summary>Binds rows with their attributes. The app's names are asked for when the first row comes.</summary>
    /// <param name="rows">Makes the rows.</param>
    /// <param name="useNames">Told the app's names.</param>
    private protected Func<PSObject, long, TRow> BindAttributes<TRow>(IAttributeRows<TRow> rows, Action<AttributeNameTable>? useNames = null)
        where TRow : ChatResult
    {
        AttributeRowBinder<TRow>? binder = null;
        return (input, number) => binder is not null ? binder.Bind(input, number) : WithNames(names =>
        {
            useNames?.Invoke(names);
            AttributeArgument? given = Attribute is null ? null : AttributeArgument.From(Attribute, names);
            binder = new AttributeRowBinder<TRow>(names, UserIdProperty, Property, given, rows, IsMissingCellTold, WriteWarning);
            return binder.Bind(input, number);
        });
    }
}
