using System.Text.Json;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Bulk;

/// <summary>One command of the service as a bulk run sees it: how accounts become a request, and what an answer says of each.</summary>
internal abstract class AccountStep : IBulkOperation
{
    int IBulkOperation.MaxBatchSize => Endpoint.MaxAccounts;

    Task IBulkOperation.RunAsync(BatchRun batch) => batch.SendAsync(this, batch.Works);

    /// <summary>The command.</summary>
    public abstract ChatEndpoint Endpoint { get; }

    /// <summary>Writes the request for these accounts.</summary>
    public abstract void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork> works);

    /// <summary>The answer names the account and no error.</summary>
    public virtual void OnItem(AccountWork work, ReplyItem item) => OnDone(work);

    /// <summary>The service has done what the step asks for the account. Settles it, unless a later step will.</summary>
    public virtual void OnDone(AccountWork work) => work.Succeed();

    /// <summary>
    /// The answer is OK and does not name the account at all. Most commands only name those that failed.
    /// </summary>
    /// <returns>The error, or null when silence means success.</returns>
    public virtual ServiceError? JudgeSilence(AccountWork work) => null;

    /// <summary>
    /// Whether the account's error means that an earlier, unclear try had done the work (P6).
    /// </summary>
    public virtual bool IsDoneAlready(AccountWork work, ServiceError error) => false;

    /// <summary>Whether the merged rows of an account may be sent one by one when only some of them are to blame.</summary>
    public virtual bool MayPartRows => true;

    /// <summary>
    /// A call was refused for its content. Looks for what is known to be wrong in these accounts and settles them.
    /// </summary>
    /// <returns>True when it settled some, so that the rest are worth another call; false when only splitting can tell.</returns>
    public virtual ValueTask<bool> LearnAsync(IReadOnlyList<AccountWork> works, ServiceError error, string? info, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    /// <summary>Settles the accounts that earlier refusals already tell to be wrong.</summary>
    public virtual void ApplyLessons(IReadOnlyList<AccountWork> works)
    {
    }
}
