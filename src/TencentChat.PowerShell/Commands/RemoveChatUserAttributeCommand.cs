using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Cmdlets;
using TencentChat.PowerShell.Completion;

namespace TencentChat.PowerShell.Commands;

/// <summary>Removes attributes of users, a hundred users a call (pages 37171 and 60566).</summary>
[Cmdlet(VerbsCommon.Remove, "ChatUserAttribute", SupportsShouldProcess = true, DefaultParameterSetName = UserSet)]
[OutputType(typeof(ChatResult))]
public sealed class RemoveChatUserAttributeCommand : RowCommand
{
    private UserIdBinder? _ids;
    private string[] _names = [];
    private string _action = string.Empty;

    /// <summary>The attributes to remove.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AttributeNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Removes every attribute that the app has a name for.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    private protected override IBulkOperation CreateOperation() => new RemoveAttributesStep(Chat);

    /// <inheritdoc/>
    private protected override ChatResult Bind(PSObject input, long number)
    {
        if (_ids is null)
        {
            Prepare();
        }

        return RowRules.Judged(new ChatResult(number, _ids!.Bind(input, number), RowInput.Unwrap(input)) { Names = _names });
    }

    /// <inheritdoc/>
    private protected override bool MayProceed(ChatResult row) => MaySend(row.UserId, _action);

    private void Prepare()
    {
        if (All == (Name is not null))
        {
            throw new BadInputException("AttributeMissing", "Say which attributes to remove with -Name, or remove every one with -All; not both.");
        }

        AttributeNameTable names = GetNames();
        AttributeNames.RefuseUnknown(Name ?? [], names);
        _names = (Name ?? names.Names).Distinct(StringComparer.Ordinal).ToArray();
        if (_names.Length == 0)
        {
            throw new BadInputException("AttributeMissing", "The app has no attribute yet, so there is none to remove.");
        }

        _action = $"Remove attribute {string.Join(", ", _names)}";
        _ids = new UserIdBinder(UserIdProperty);
    }
}
