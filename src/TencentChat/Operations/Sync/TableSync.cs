using TencentChat.Bulk;
using TencentChat.Errors;

namespace TencentChat.Operations.Sync;

/// <summary>
/// Makes users as a table says: decides for each user that was read what is sent. A run that reads feeds it, and it feeds a
/// run that writes. For one thread.
/// </summary>
/// <param name="table">The rows, all of them.</param>
/// <param name="rules">What is allowed.</param>
/// <param name="reading">The run that reads.</param>
/// <param name="writing">The run that writes.</param>
/// <param name="send">Hands a row to the run that writes, settled if there is nothing to send.</param>
internal sealed class TableSync(DesiredTable table, SyncRules rules, RunControl reading, RunControl writing, Action<SyncResult> send)
{
    private int _losing;

    /// <summary>Takes users that were read, or could not be, in the table's order.</summary>
    public void OnRead(IReadOnlyList<DesiredUser> users)
    {
        foreach (DesiredUser user in users)
        {
            Decide(user);
            while (table.TryTake(out SyncResult? row))
            {
                send(row);
            }
        }

        if (writing.Reason is { } reason)
        {
            // What cannot be written need not be read (P7).
            reading.Stop(reason.Error, reason.Info);
        }
    }

    private void Decide(DesiredUser user)
    {
        if (user.Status != ChatResultStatus.Succeeded)
        {
            foreach (SyncResult row in user.Rows)
            {
                SettleUnread(row, user);
            }

            return;
        }

        user.Compare();
        AttributeDifferences differences = user.Differences;
        var change = new UserChange(user.UserId, differences);
        (ChatResultStatus Status, string? Why)? end = differences.Count == 0 ? (ChatResultStatus.Unchanged, null) : WhyNot(user, change) is { } why ? (ChatResultStatus.Skipped, why) : null;
        foreach (SyncResult row in user.Rows.Where(row => !row.IsSettled))
        {
            if (end is { } known)
            {
                row.Settle(known.Status, 0, known.Why);
            }
            else
            {
                row.Change = change;
            }
        }
    }

    // Nothing was sent for the row, so its fate is known and it was in no changing call, whatever became of the reading ones.
    private static void SettleUnread(SyncResult row, DesiredUser user) => row.Settle(
        user.Status == ChatResultStatus.Unknown ? ChatResultStatus.Failed : user.Status,
        0,
        user.Status == ChatResultStatus.Unknown ? $"{user.Message} The user's attributes could not be read, so nothing was changed." : user.Message,
        user.Error);

    private string? WhyNot(DesiredUser user, UserChange change)
    {
        if ((reading.Reason ?? writing.Reason) is not null)
        {
            return "Not sent: the run had ended.";
        }

        if (rules.Ask(user) is { } refusal)
        {
            return refusal;
        }

        if (rules.RemovalThreshold == 0 || !change.Has(AttributeAction.Remove) || ++_losing <= rules.RemovalThreshold)
        {
            return null;
        }

        reading.Stop(ClientErrors.RemovalThresholdReached, null);
        return ClientErrors.RemovalThresholdReached.Describe(null);
    }
}
