using System.Globalization;
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

        if (TryCompare(user) is not { } change)
        {
            return;
        }

        (ChatResultStatus Status, string? Why, ChatError? Error)? end = change.IsEmpty ? (ChatResultStatus.Unchanged, null, null) : WhyNot(user, change);
        foreach (SyncResult row in user.Rows.Where(row => !row.IsSettled))
        {
            if (end is { } known)
            {
                row.Settle(known.Status, 0, known.Why, known.Error);
            }
            else
            {
                row.Change = change;
            }
        }
    }

    /// <returns>What differs; null when that went wrong, and the rows say so.</returns>
    private UserChange? TryCompare(DesiredUser user)
    {
        try
        {
            user.Compare();
            return new UserChange(user.UserId, user.Differences);
        }
        catch (Exception fault)
        {
            // A defect of ours must not cost a row its result: what is not sent yet is skipped.
            string what = fault.GetType().Name;
            writing.Stop(ClientErrors.InternalError, what);
            foreach (SyncResult row in user.Rows.Where(row => !row.IsSettled))
            {
                row.Fail(ClientErrors.InternalError, what);
            }

            return null;
        }
    }

    // Nothing was sent for the row, so its fate is known and it was in no changing call, whatever became of the reading ones.
    private static void SettleUnread(SyncResult row, DesiredUser user) => row.Settle(
        user.Status == ChatResultStatus.Unknown ? ChatResultStatus.Failed : user.Status,
        0,
        user.Status == ChatResultStatus.Unknown ? $"{user.Message} The user's attributes could not be read, so nothing was changed." : user.Message,
        user.Error);

    private (ChatResultStatus Status, string? Why, ChatError? Error)? WhyNot(DesiredUser user, UserChange change)
    {
        if ((reading.Reason ?? writing.Reason) is { } ended)
        {
            return NotSent(ClientErrors.RunStopped.Describe(ended.Error.ErrorId));
        }

        if (rules.Ask(user) is { } refusal)
        {
            return (ChatResultStatus.Skipped, refusal, null);
        }

        if (rules.RemovalThreshold == 0 || !change.Has(AttributeAction.Remove) || ++_losing <= rules.RemovalThreshold)
        {
            return null;
        }

        // How many there are in all is not known: the rest is not read.
        string threshold = string.Create(CultureInfo.InvariantCulture, $"the threshold is {rules.RemovalThreshold}");
        reading.Stop(ClientErrors.RemovalThresholdReached, threshold);
        return NotSent(ClientErrors.RemovalThresholdReached.Describe(threshold));
    }

    private static (ChatResultStatus Status, string? Why, ChatError? Error) NotSent(string why) => (ChatResultStatus.Skipped, why, ClientErrors.RunStopped);
}
