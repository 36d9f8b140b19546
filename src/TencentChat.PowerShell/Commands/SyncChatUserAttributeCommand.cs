using System.Management.Automation;
using TencentChat.Operations.Sync;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Cmdlets;
using TencentChat.PowerShell.Completion;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Commands;

/// <summary>
/// Makes users as a table says, and sends only what differs. The table is taken whole; then a run that reads feeds a run that
/// writes, each at its own endpoint's rate.
/// </summary>
[Cmdlet(VerbsData.Sync, "ChatUserAttribute", SupportsShouldProcess = true, DefaultParameterSetName = UserSet)]
[OutputType(typeof(SyncResult))]
public sealed class SyncChatUserAttributeCommand : BatchCommand
{
    private DesiredTable? _table;
    private RunPump<DesiredUser>? _reader;
    private bool _isToldWhatIf;
    private int _wouldLose;

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

    /// <summary>The rows are lines of a plan that Compare-ChatUserAttribute made: exactly they are applied, each only where the app still holds what the plan says.</summary>
    [Parameter(ParameterSetName = RowSet)]
    public SwitchParameter Plan { get; set; }

    /// <summary>Ends the run before more accounts than this lose an attribute; 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int RemovalThreshold { get; set; } = 500;

    // A plan was looked at row by row, so its removals are not counted unless that is asked for.
    private int Threshold => Plan && !MyInvocation.BoundParameters.ContainsKey(nameof(RemovalThreshold)) ? 0 : RemovalThreshold;

    /// <inheritdoc/>
    private protected override Action<PSObject, long> Start()
    {
        TableSync? sync = null;
        _table = new DesiredTable(Plan, Chat.AppName);
        _reader = StartPump(new ReadDesired(Chat.AttributeService), batch => sync!.OnRead(batch.Rows));
        RunPump<SyncResult> writer = StartWriting(new ChangeAttributes(Chat.AttributeService, Chat.Names), WriteObject);

        sync = new TableSync(_table, new SyncRules(Threshold, Ask), _reader.Control, writer.Control, writer.Add);
        var rows = new DesiredRows(new TableRules(ClearEmpty, AllowEmptyRow, Prune), new RowPacker().Pack);
        Func<PSObject, long, SyncResult> bind = Plan
            ? new PlanBinder(rows, Chat.AppName).Bind
            : RowsOfRun.BindOrEnd(
                Runs, BindAttributes(rows, Attribute, Property, isMissingCellTold: ClearEmpty, names => rows.AppNames = names.Names), BindUnread);
        return (input, number) =>
        {
            RefusePlanWithOptions();
            _table.Add(bind(input, number));
        };

        SyncResult BindUnread(PSObject input, long number) =>
            rows.NewUnreadRow(number, UserIdBinder.FindOrEmpty(input, UserIdProperty), RowInput.Unwrap(input));
    }

    /// <inheritdoc/>
    private protected override void OnInputEnd() => AddAll(_reader!, _table!.Complete());

    /// <inheritdoc/>
    private protected override void OnRunEnd()
    {
        if (Threshold > 0 && _wouldLose > Threshold)
        {
            WriteWarning($"{RunSummary.Counted(_wouldLose, "user")} would lose an attribute, and -RemovalThreshold is {Threshold}: without -WhatIf the run stops before more lose one.");
        }
    }

    // What would change, the results show; one line for each of many users would hide them.
    private string? Ask(DesiredUser user)
    {
        if (IsWhatIf && !_isToldWhatIf)
        {
            _isToldWhatIf = true;
            MaySend("Change users as the results show", "users");
        }

        if (IsWhatIf && user.Differences.Any(difference => difference.Action == AttributeAction.Remove))
        {
            _wouldLose++;
        }

        return !IsWhatIf && MaySend(user, static user => user.Differences.ToString()) ? null : NotSent;
    }

    private void RefusePlanWithOptions()
    {
        if (Plan && (ClearEmpty || AllowEmptyRow || Prune || Property is not null || UserIdProperty is not null || Attribute is not null))
        {
            throw new BadInputException(InputErrors.PlanWithOptions);
        }
    }
}
