using TencentChat.Bulk;

namespace TencentChat.Operations.Sync;

/// <summary>Makes accounts as they should be: one set and, where needed, one remove. A row's empty value stands for a removal.</summary>
internal sealed class SyncOperation(ChatConnection connection) : IBulkOperation
{
    /// <summary>Stands among a row's values for "remove it"; no value that can be set is empty.</summary>
    public const string Remove = "";

    private readonly SyncSetStep _set = new(connection);
    private readonly SyncRemoveStep _remove = new(connection);

    public int MaxBatchSize => Math.Min(_set.Endpoint.MaxAccounts, _remove.Endpoint.MaxAccounts);

    public async Task RunAsync(BatchRun batch)
    {
        await batch.SendAsync(_set, batch.Works.Where(SyncSetStep.Concerns).ToList()).ConfigureAwait(false);
        await batch.SendAsync(_remove, batch.Works.Where(SyncRemoveStep.Concerns).ToList()).ConfigureAwait(false);
    }
}
