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
public sealed class RemoveChatUserAttributeCommand : BulkCommand
{
    private string[]? _names;
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
    private protected override Action<PSObject, long> Start()
    {
        var operation = new RemoveAttributes(Chat.AttributeService, Chat.Names);
        var ids = new UserIdBinder(UserIdProperty);
        return Start(operation, Bind, ask: row => MaySend(row.UserId, _action));

        AttributeNamesRow Bind(PSObject input, long number)
        {
            _names ??= ChooseNames();
            return ids.Bind(input, number, operation, (row, userId, source) => RemoveAttributes.NewRow(row, userId, source, _names));
        }
    }

    private string[] ChooseNames()
    {
        if (All == (Name is not null))
        {
            throw new BadInputException(InputErrors.NothingToRemove);
        }

        string[] removed = WithNames(names =>
        {
            AttributeNames.RefuseUnknown(Name ?? [], names);
            return (Name ?? names.Names).Distinct(StringComparer.Ordinal).ToArray();
        });
        if (removed.Length == 0)
        {
            throw new BadInputException(InputErrors.NothingToRemove, "The app has no attribute yet, so there is none to remove.");
        }

        _action = $"Remove attribute {string.Join(", ", removed)}";
        return removed;
    }
}
