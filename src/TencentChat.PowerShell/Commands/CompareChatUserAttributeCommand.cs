using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Sync;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Cmdlets;
using TencentChat.PowerShell.Completion;

namespace TencentChat.PowerShell.Commands;

/// <summary>Shows what differs between a table and the app, and changes nothing.</summary>
[Cmdlet(VerbsData.Compare, "ChatUserAttribute", DefaultParameterSetName = UserSet)]
[OutputType(typeof(AttributeDifference))]
public sealed class CompareChatUserAttributeCommand : BatchCommand
{
    private DesiredTable? _table;
    private RunPump<DesiredUser>? _reader;

    /// <summary>What to set for every user: a hashtable, an ordered dictionary, or an object.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = UserSet)]
    [ValidateNotNull]
    public PSObject? Attribute { get; set; }

    /// <summary>The input's columns to use; left alone, all but the id column.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AttributeNameCompleter))]
    public string[]? Property { get; set; }

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
    private protected override Action<PSObject, long> Start()
    {
        _table = new DesiredTable(isPlan: false, Chat.AppName);
        _reader = StartWriting(new ReadDesired(Chat.AttributeService), Write);
        var rows = new DesiredRows(new TableRules(ClearEmpty, AllowEmptyRow, Prune), new RowPacker().Pack);
        Func<PSObject, long, SyncResult> bind = BindAttributes(rows, Attribute, Property, isMissingCellTold: ClearEmpty, names => rows.AppNames = names.Names);
        return (input, number) => _table.Add(bind(input, number));
    }

    /// <inheritdoc/>
    private protected override void OnInputEnd() => AddAll(_reader!, _table!.Complete());

    private void Write(DesiredUser user)
    {
        if (user.Status == ChatResultStatus.Succeeded)
        {
            user.Compare();
            WriteObject(user.Differences, enumerateCollection: true);
        }
    }
}
