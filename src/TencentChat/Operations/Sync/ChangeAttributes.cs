using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.Protocol;

namespace TencentChat.Operations.Sync;

/// <summary>Makes accounts as they should be: one call that sets and, where needed, one that removes.</summary>
internal sealed class ChangeAttributes(AttributeService service, AttributeNameSource names) : BulkOperation<SyncResult>
{
    private readonly SetHalf _set = new(service, names);
    private readonly RemoveHalf _remove = new(service, names);

    public override int MaxBatchSize => Math.Min(_set.MaxBatchSize, _remove.MaxBatchSize);

    public override async Task RunAsync(BatchRun<SyncResult> batch)
    {
        List<AccountWork<SyncResult>> fresh = batch.Accounts.FindAll(account => !Share(account));
        await batch.SendAsync(_set, fresh.FindAll(account => ChangeOf(account).Has(AttributeAction.Set))).ConfigureAwait(false);
        await batch.SendAsync(_remove, fresh.FindAll(account => !account.IsSettled && ChangeOf(account).Has(AttributeAction.Remove))).ConfigureAwait(false);
        foreach (AccountWork<SyncResult> account in fresh)
        {
            ChangeOf(account).Outcome = account.Rows[^1];
        }
    }

    protected override SyncResult CreateRow(long number, string userId, object? source) => new(number, userId, source);

    private static UserChange ChangeOf(AccountWork<SyncResult> account) => account.Request.Change!;

    // The account had its turn in an earlier batch, which is over: no account is in two batches at a time.
    private static bool Share(AccountWork<SyncResult> account)
    {
        if (ChangeOf(account).Outcome is not { } sent)
        {
            return false;
        }

        foreach (SyncResult row in account.Rows)
        {
            row.Share(sent);
        }

        return true;
    }

    private sealed class SetHalf(AttributeService service, AttributeNameSource names) : SetAttributesCall<SyncResult>(service, names)
    {
        public override void OnDone(AccountWork<SyncResult> account)
        {
            ChangeOf(account).IsSetDone = true;
            if (ChangeOf(account).Has(AttributeAction.Remove))
            {
                account.DoneSoFar = "the values were set";
            }
            else
            {
                account.Succeed();
            }
        }

        protected override SyncResult CreateRow(long number, string userId, object? source) => new(number, userId, source);
    }

    private sealed class RemoveHalf(AttributeService service, AttributeNameSource names) : RemoveAttributesCall<SyncResult>(service, names)
    {
        public override void OnDone(AccountWork<SyncResult> account)
        {
            ChangeOf(account).IsRemoveDone = true;
            account.Succeed();
        }

        protected override SyncResult CreateRow(long number, string userId, object? source) => new(number, userId, source);
    }
}
