using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Completion;

namespace TencentChat.PowerShell.Cmdlets;

/// <summary>A bulk cmdlet whose rows bring attribute values: in columns, or all the same by <see cref="Attribute"/>.</summary>
public abstract class AttributeRowCommand : RowCommand
{
    private AttributeRowBinder? _rows;
    private AttributeArgument? _given;
    private UserIdBinder? _ids;

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

    /// <summary>The app's attribute names, as they were when the first row came.</summary>
    private protected AttributeNameTable Names { get; private set; } = null!;

    /// <summary>Whether a row without any value asks for nothing.</summary>
    private protected virtual bool IsEmptyRowNothing => true;

    /// <summary>Makes the row's item.</summary>
    private protected abstract ChatResult CreateRow(long number, string userId, object row, string[] names, string?[] values);

    /// <inheritdoc/>
    private protected override ChatResult Bind(PSObject input, long number)
    {
        if (_rows is null)
        {
            Names = GetNames();
            _ids = new UserIdBinder(UserIdProperty);
            _rows = new AttributeRowBinder(Names, UserIdProperty, Property, CreateRow, IsEmptyRowNothing);
            _given = Attribute is null ? null : AttributeArgument.From(Attribute, Names);
        }

        return _given is null
            ? _rows.Bind(input, number)
            : RowRules.Judged(CreateRow(number, _ids!.Bind(input, number), RowInput.Unwrap(input), _given.Names, _given.Values));
    }
}
