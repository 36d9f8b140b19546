using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Sync;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Cmdlets;

namespace TencentChat.PowerShell.Commands;

/// <summary>
/// Makes accounts as a table says, and sends only what differs: a run that reads feeds a run that writes, each at its own
/// endpoint's pace.
/// </summary>
[Cmdlet(VerbsData.Sync, "ChatUserAttribute", SupportsShouldProcess = true, DefaultParameterSetName = UserSet)]
[OutputType(typeof(SyncResult))]
public sealed class SyncChatUserAttributeCommand : DesiredStateCommand
{
    private readonly ChangingAccounts _changing = new();
    private RunPump<DesiredRow>? _reader;
    private RunPump<SyncResult>? _writer;
    private int _losing;

    /// <summary>The rows are lines of a plan that Compare-ChatUserAttribute made: exactly they are applied, each only where the app still holds what the plan says.</summary>
    [Parameter(ParameterSetName = RowSet)]
    public SwitchParameter Plan { get; set; }

    /// <summary>Ends the run before more accounts than this lose an attribute; 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int RemovalThreshold { get; set; } = 500;

    /// <inheritdoc/>
    private protected override Action<PSObject, long> Start()
    {
        var read = new ReadDesired(Chat.AttributeService);
        _reader = StartPump(read, PlanBatch);
        _writer = StartWriting(new ChangeAttributes(Chat.AttributeService, Chat.Names), Write);
        Func<PSObject, long, DesiredRow> bind = Plan ? BindPlan : BindAttributes(read);
        return (input, number) => _reader.Add(bind(input, number));
    }

    private DesiredRow BindPlan(PSObject input, long number)
    {
        return ClearEmpty || Prune || Property is not null || UserIdProperty is not null || Attribute is not null
            ? throw new BadInputException(InputErrors.PlanWithOptions)
            : PlanBinder.Bind(input, number);
    }

    private void Write(SyncResult row)
    {
        if (row.Attempts > 0)
        {
            _changing.Land(row.UserId, RowCount);
        }

        WriteObject(row);
    }

    // On the pipeline's thread: what was read is compared, asked about, and handed to the run that writes.
    private void PlanBatch(Batch<DesiredRow> batch)
    {
        foreach (DesiredRow row in batch.Rows)
        {
            _writer!.Add(PlanRow(row));
        }

        _changing.Forget(batch.Rows[^1].Row + 1);
        if (_writer!.Control.Reason is { } reason)
        {
            // What cannot be written need not be read (P7).
            _reader!.Control.Stop(reason.Error, reason.Info);
        }
    }

    private SyncResult PlanRow(DesiredRow read)
    {
        if (read.Status != ChatResultStatus.Succeeded)
        {
            var unread = new SyncResult(read.Row, read.UserId, read.InputObject);
            unread.SettleLike(read);
            return unread;
        }

        List<AttributeDifference> changes = Plan ? PlanBinder.Compare(read)
            : _changing.IsDoubtful(read.UserId, read.Row) ? ComparerOf(read).TakeWhole(read)
            : ComparerOf(read).Compare(read);
        var row = new SyncResult(read.Row, read.UserId, read.InputObject)
        {
            Changes = changes,
        };
        Decide(row, read);
        if (!row.IsSettled)
        {
            _changing.Leave(row.UserId);
        }

        return row;
    }

    private void Decide(SyncResult row, DesiredRow read)
    {
        if (Plan && PlanBinder.IsOutdated(read, out string? found))
        {
            row.Settle(ChatResultStatus.Failed, 0, ClientErrors.PlanOutdated.Describe(found), ClientErrors.PlanOutdated);
        }
        else if (row.Changes.Count == 0)
        {
            row.Settle(ChatResultStatus.Unchanged);
        }
        else if (_reader!.Control.Reason is not null)
        {
            row.Settle(ChatResultStatus.Skipped, 0, "Not sent: the run had ended.");
        }
        else if (!MaySend(row, static row => string.Join("; ", row.Changes)))
        {
            row.Settle(ChatResultStatus.Skipped, 0, NotSent);
        }
        else if (LosesTooMuch(row))
        {
            _reader.Control.Stop(ClientErrors.RemovalThresholdReached, null);
            row.Settle(ChatResultStatus.Skipped, 0, ClientErrors.RemovalThresholdReached.Describe(null));
        }
    }

    // A plan was looked at line by line, so its removals are not counted.
    private bool LosesTooMuch(SyncResult row) =>
        RemovalThreshold > 0 && !Plan &&
        row.Changes.Any(change => change.Action == AttributeAction.Remove) && ++_losing > RemovalThreshold;
}
