namespace TencentChat.Bulk;

/// <summary>A batch on its way: its accounts, and the batches that must have landed before it may leave.</summary>
internal sealed class Flight(IReadOnlyList<AccountWork> works)
{
    private readonly TaskCompletionSource _landed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<Task>? _before;

    public IReadOnlyList<AccountWork> Works => works;

    public Task Landed => _landed.Task;

    public void WaitFor(Flight other) => (_before ??= []).Add(other.Landed);

    public Task MayLeaveAsync() => _before is null ? Task.CompletedTask : Task.WhenAll(_before);

    public void Land() => _landed.TrySetResult();
}
