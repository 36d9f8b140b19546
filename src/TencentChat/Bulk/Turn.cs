namespace TencentChat.Bulk;

/// <summary>A batch's turn to be sent: it comes when the batches before it that share an account with it are done.</summary>
/// <param name="rows">How many rows the batch has to send.</param>
internal sealed class Turn<TRow>(int rows)
    where TRow : ChatResult, IBulkRow<TRow>
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<Task>? _before;

    /// <summary>The batch's accounts, each once.</summary>
    public List<AccountWork<TRow>> Accounts { get; } = new(rows);

    public void WaitFor(Turn<TRow> other) => (_before ??= []).Add(other._ended.Task);

    public Task WaitAsync() => _before is null ? Task.CompletedTask : Task.WhenAll(_before);

    public void End() => _ended.TrySetResult();
}
