using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Bulk.Steps;
using TencentChat.Connections;
using TencentChat.PowerShell.Binding;
using TencentChat.Results;

namespace TencentChat.PowerShell.Commands;

/// <summary>Sets attributes of users, a hundred a call (pages 37170 and 60565).</summary>
[Cmdlet(VerbsCommon.Set, "ChatUserAttribute", SupportsShouldProcess = true, DefaultParameterSetName = RowSet)]
[OutputType(typeof(ChatResult))]
public sealed class SetChatUserAttributeCommand : RowCommand
{
    private AttributeRowBinder? _rows;
    private AttributeArgument? _given;
    private UserIdBinder? _ids;
    private string[]? _told;
    private string _action = string.Empty;

    /// <summary>What to set for every account: a hashtable, an ordered dictionary, or an object.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = UserSet)]
    [ValidateNotNull]
    public PSObject? Attribute { get; set; }

    /// <summary>The input's columns to set; left alone, all but the id column.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Property { get; set; }

    /// <inheritdoc/>
    private protected override IBulkOperation CreateOperation() => new SetAttributesStep(Chat);

    /// <inheritdoc/>
    private protected override ChatResult Bind(PSObject input, long number)
    {
        if (_rows is null)
        {
            Prepare();
        }

        return _given is null ? _rows!.Bind(input, number) : BindGiven(input, number, _given);
    }

    /// <inheritdoc/>
    private protected override bool MayProceed(ChatResult row)
    {
        if (_told != row.Names)
        {
            _told = row.Names;
            _action = $"Set attribute {string.Join(", ", row.Names)}";
        }

        return ShouldProcess(row.UserId, _action);
    }

    private void Prepare()
    {
        AttributeNameTable names = GetNames();
        _ids = new UserIdBinder(UserIdProperty);
        _rows = new AttributeRowBinder(names, UserIdProperty, Property);
        _given = Attribute is null ? null : AttributeArgument.From(Attribute, names);
    }

    private ChatResult BindGiven(PSObject input, long number, AttributeArgument given) =>
        RowRules.Judged(new ChatResult(number, _ids!.Bind(input, number), RowInput.Unwrap(input)) { Names = given.Names, Values = given.Values });
}
