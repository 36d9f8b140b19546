using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Protocol;

namespace TencentChat.Operations.Tags;

/// <summary>
/// Makes a user's tags exactly those of the table. The Push service replaces the list in one call (page 60568); push to all
/// users adds and removes.
/// </summary>
internal sealed class SetTags(AttributeService service) : BulkOperation<SetTagsResult>
{
    private readonly TagEndpoints _endpoints = TagEndpoints.Of(service);

    public override int MaxBatchSize => _endpoints.Add.MaxAccounts;

    public override async Task RunAsync(BatchRun<SetTagsResult> batch)
    {
        if (service == AttributeService.TimPush)
        {
            await batch.SendAsync(new ReplaceCall(_endpoints.Add), batch.Accounts).ConfigureAwait(false);
            return;
        }

        // First what is missing, so that a run that breaks off leaves nobody with less than before; but where old and new
        // tags together are more than the service keeps, there is no room before the old ones are gone.
        List<AccountWork<SetTagsResult>> full = batch.Accounts.FindAll(account => account.Request.ToRemove.Length + account.Request.Desired.Length > TagRules.MostPerUser);
        List<AccountWork<SetTagsResult>> others = batch.Accounts.FindAll(account => !full.Contains(account));
        await SendAsync(batch, full, isRemoval: true).ConfigureAwait(false);
        await SendAsync(batch, batch.Accounts, isRemoval: false).ConfigureAwait(false);
        await SendAsync(batch, others, isRemoval: true).ConfigureAwait(false);
        batch.Accounts.FindAll(account => !account.IsSettled).ForEach(account => account.Succeed());
    }

    protected override SetTagsResult CreateRow(long number, string userId, object? source) => new(number, userId, source);

    private async Task SendAsync(BatchRun<SetTagsResult> batch, List<AccountWork<SetTagsResult>> accounts, bool isRemoval)
    {
        for (int number = 0; ; number++)
        {
            var call = new DeltaCall(isRemoval ? _endpoints.Remove : _endpoints.Add, number, isRemoval);
            accounts = accounts.FindAll(account => !account.IsSettled && call.IsFor(account.Request));
            if (accounts.Count == 0)
            {
                return;
            }

            await batch.SendAsync(call, accounts).ConfigureAwait(false);
        }
    }

    private sealed class DeltaCall(ChatEndpoint endpoint, int number, bool isRemoval) : TagCall<SetTagsResult>(endpoint, number)
    {
        protected override string[] TagsOf(SetTagsResult row) => isRemoval ? row.ToRemove : row.ToAdd;

        // The operation settles the account when it has no call left.
        protected override void OnLast(AccountWork<SetTagsResult> account) =>
            account.DoneSoFar = isRemoval ? "tags were removed" : "tags were added";

        protected override SetTagsResult CreateRow(long number, string userId, object? source) => new(number, userId, source);
    }

    private sealed class ReplaceCall(ChatEndpoint endpoint) : AccountCall<SetTagsResult>
    {
        public override ChatEndpoint Endpoint => endpoint;

        public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork<SetTagsResult>> accounts) =>
            RequestBodies.Tags(writer, [.. accounts.Select(account => new TagChange(account.UserId, account.Request.Desired))], replace: true);

        protected override SetTagsResult CreateRow(long number, string userId, object? source) => new(number, userId, source);
    }
}
