using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Cmdlets;
using TencentChat.PowerShell.Completion;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Commands;

/// <summary>Reads the attributes of users, a hundred a call (pages 37169 and 60564).</summary>
[Cmdlet(VerbsCommon.Get, "ChatUserAttribute", DefaultParameterSetName = UserSet)]
[OutputType(typeof(ChatUserAttributes))]
public sealed class GetChatUserAttributeCommand : RowCommand
{
    private UserIdBinder? _ids;
    private IReadOnlyList<string> _columns = [];

    /// <summary>The attributes to show; left alone, all that the app has.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AttributeNameCompleter))]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    private protected override IBulkOperation CreateOperation() => new GetAttributesStep(Chat);

    /// <inheritdoc/>
    private protected override ChatResult Bind(PSObject input, long number)
    {
        if (_ids is null)
        {
            _ids = new UserIdBinder(UserIdProperty);
            _columns = AttributeColumns.Choose(Name, GetNames(), WriteWarning);
        }

        return RowRules.Judged(new UserAttributesResult(number, _ids.Bind(input, number), RowInput.Unwrap(input)));
    }

    /// <inheritdoc/>
    private protected override void WriteRow(ChatResult row) => WriteObject(ChatUserAttributes.Create((UserAttributesResult)row, _columns));
}
