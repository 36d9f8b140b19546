namespace TencentChat.Bulk;

/// <summary>What is done with each batch: one step, or several one after another.</summary>
internal interface IBulkOperation
{
    /// <summary>The most accounts that the command takes in one call.</summary>
    int MaxBatchSize { get; }

    /// <summary>Settles every account of the batch, by sending it or without.</summary>
    Task RunAsync(BatchRun batch);
}
