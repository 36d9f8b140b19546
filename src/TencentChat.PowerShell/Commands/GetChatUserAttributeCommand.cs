using System.Management.Automation;
using TencentChat.Operations.Attributes;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Cmdlets;
using TencentChat.PowerShell.Completion;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Commands;

/// <summary>Reads the attributes of users, a hundred a call (pages 37169 and 60564).</summary>
[Cmdlet(VerbsCommon.Get, "ChatUserAttribute", DefaultParameterSetName = UserSet)]
[OutputType(typeof(ChatUserAttributes))]
public sealed class GetChatUserAttributeCommand : BatchCommand
{
    private AttributeColumns? _columns;

    /// <summary>The attributes to show; left alone, all that the app has.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AttributeNameCompleter))]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    private protected override Action<PSObject, long> Start()
    {
        var operation = new GetAttributes(Chat.AttributeService);
        Func<PSObject, long, UserAttributesResult> bind = BindUserIds(operation);
        return Start(operation, Bind, write: Write);

        UserAttributesResult Bind(PSObject input, long number)
        {
            _columns ??= WithNames(ChooseColumns);
            return bind(input, number);
        }
    }

    private void Write(UserAttributesResult result) => WriteObject(ChatUserAttributes.Create(result, _columns ??= new AttributeColumns(Name ?? [])));

    private AttributeColumns ChooseColumns(AttributeNameTable names)
    {
        AttributeNames.RefuseUnknown(Name ?? [], names);
        var columns = new AttributeColumns(Name ?? names.Names);
        foreach (string name in columns.Others)
        {
            WriteWarning($"The attribute '{name}' cannot be a column beside another of that name; it is in the property Attributes.");
        }

        return columns;
    }
}
