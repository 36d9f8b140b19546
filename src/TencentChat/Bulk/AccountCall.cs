using System.Text.Json;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Bulk;

/// <summary>
/// One command of the service as a bulk run sees it: how accounts become a request, and what an answer says of each. By
/// itself it is an operation; an operation may also make several of them, one after another.
/// </summary>
/// <typeparam name="TRow">A row of the operation.</typeparam>
internal abstract class AccountCall<TRow> : BulkOperation<TRow>
    where TRow : ChatResult, IBulkRow<TRow>
{
    /// <summary>The command.</summary>
    public abstract ChatEndpoint Endpoint { get; }

    /// <inheritdoc/>
    public sealed override int MaxBatchSize => Endpoint.MaxAccounts;

    /// <summary>What it means that an answer is OK and does not name the account: an error, or null for success. Most commands
    /// only name accounts that failed.</summary>
    public virtual ChatError? Silence => null;

    /// <summary>Whether the merged rows of an account may be sent one by one when only some of them are to blame.</summary>
    public virtual bool CanPartRows => false;

    /// <summary>Whether the call may be made again after a try that may have done the work (P13).</summary>
    public virtual bool IsRepeatable => true;

    /// <summary>The error as it is told when the repeats have ended and the work may have been done.</summary>
    public virtual ChatError OfUnclear(ChatError error) => error;

    /// <inheritdoc/>
    public sealed override Task RunAsync(BatchRun<TRow> batch) => batch.SendAsync(this, batch.Accounts);

    /// <summary>Writes the request for these accounts.</summary>
    public abstract void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork<TRow>> accounts);

    /// <summary>The service answered the call as a whole; what it says of each account follows.</summary>
    public virtual void OnReply(ChatReply reply, IReadOnlyList<AccountWork<TRow>> accounts)
    {
    }

    /// <summary>The answer names the account and no error.</summary>
    public virtual void OnItem(AccountWork<TRow> account, ReplyItem item) => OnDone(account);

    /// <summary>The service has done what is asked for the account. Settles it, unless a later call will.</summary>
    public virtual void OnDone(AccountWork<TRow> account) => account.Succeed();

    /// <summary>
    /// Whether the account's error means that an earlier, unclear try had done the work (P6).
    /// </summary>
    public virtual bool IsDoneAlready(AccountWork<TRow> account, ChatError error) => false;

    /// <summary>
    /// A call was refused for its content. Looks for what is known to be wrong in these accounts and settles them.
    /// </summary>
    /// <returns>True when it settled some, so that the rest are worth another call; false when only splitting can tell.</returns>
    public virtual ValueTask<bool> LearnAsync(IReadOnlyList<AccountWork<TRow>> accounts, ChatError error, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    /// <summary>Settles the accounts that earlier refusals already tell to be wrong.</summary>
    public virtual void ApplyLessons(IReadOnlyList<AccountWork<TRow>> accounts)
    {
    }

    /// <summary>The accounts of a request that names them and nothing else.</summary>
    protected static string[] IdsOf(IReadOnlyList<AccountWork<TRow>> accounts)
    {
        string[] ids = new string[accounts.Count];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = accounts[i].UserId;
        }

        return ids;
    }
}
