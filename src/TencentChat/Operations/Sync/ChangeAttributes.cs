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
        await batch.SendAsync(_set, batch.Accounts.FindAll(account => account.Request.Has(AttributeAction.Set))).ConfigureAwait(false);
        await batch.SendAsync(_remove, batch.Accounts.FindAll(account => !account.IsSettled && account.Request.Has(AttributeAction.Remove))).ConfigureAwait(false);
    }

    protected override SyncResult CreateRow(long number, string userId, object? source) => new(number, userId, source);

    private static void MarkDone(AccountWork<SyncResult> account, AttributeAction action)
    {
        foreach (SyncResult row in account.Rows)
        {
            row.MarkDone(action);
        }
    }

    // Rows for one account are not parted: the two halves of a change belong together.
    private sealed class SetHalf(AttributeService service, AttributeNameSource names) : SetAttributesCall<SyncResult>(service, names)
    {
        public override void OnDone(AccountWork<SyncResult> account)
        {
            MarkDone(account, AttributeAction.Set);
            if (account.Request.Has(AttributeAction.Remove))
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
            MarkDone(account, AttributeAction.Remove);
            account.Succeed();
        }

        protected override SyncResult CreateRow(long number, string userId, object? source) => new(number, userId, source);
    }
}
