using TencentChat.Bulk;

namespace TencentChat.Operations.Tags;

/// <summary>Gives users the tags of a table: a run that reads feeds it, and it feeds a run that writes. For one thread.</summary>
/// <param name="table">The rows, all of them.</param>
/// <param name="reading">The run that reads.</param>
/// <param name="writing">The run that writes.</param>
/// <param name="send">Hands a row to the run that writes, settled if there is nothing to send.</param>
/// <param name="ask">Asks whether a user's tags may be changed as the row says; asked once for a user.</param>
/// <param name="notSent">What a row's result says that was not to be sent.</param>
internal sealed class TagSync(TagTable table, RunControl reading, RunControl writing, Action<SetTagsResult> send, Func<SetTagsResult, bool> ask, string notSent)
{
    /// <summary>Takes users that were read, or could not be; none at first, for the rows that need no reading.</summary>
    public void OnRead(IReadOnlyList<UserTagsResult> users)
    {
        foreach (UserTagsResult read in users)
        {
            table.TakeReading(read);
        }

        foreach (SetTagsResult row in table.TakeReady(ask, notSent))
        {
            send(row);
        }

        if (writing.Reason is { } reason)
        {
            // What cannot be written need not be read (P7).
            reading.Stop(reason.Error, reason.Info);
        }
    }
}
