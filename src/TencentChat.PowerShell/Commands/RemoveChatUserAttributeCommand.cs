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
public sealed class RemoveChatUserAttributeCommand : BatchCommand
{
    private string[]? _names;

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
        return Start(operation, Bind, ask: row => MaySend(row, static row => $"Remove attribute {string.Join(", ", row.Names)}"));

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

        string[] names = WithNames(known =>
        {
            AttributeNames.RefuseUnknown(Name ?? [], known);
            return (Name ?? known.Names).Distinct(StringComparer.Ordinal).ToArray();
        });
        if (names.Length == 0)
        {
            throw new BadInputException(InputErrors.NothingToRemove, "The app has no attribute yet, so there is none to remove.");
        }

        return names;
    }
}
