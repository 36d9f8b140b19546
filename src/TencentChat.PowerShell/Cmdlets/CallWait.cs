using System.Management.Automation;
using TencentChat.Errors;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Cmdlets;

/// <summary>Waits for calls on the pipeline's thread, until they end, or Ctrl+C or the end of the command does.</summary>
/// <param name="cmdlet">Who waits; a call's error ends it.</param>
internal sealed class CallWait(PSCmdlet cmdlet) : IDisposable
{
    // Only cancelled, never disposed: Ctrl+C comes from another thread and may come late; a cancelled source holds nothing.
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Ends whatever is still under way; from any thread.</summary>
    public void Cancel() => _stop.Cancel();

    public void Dispose() => Cancel();

    public T For<T>(Func<CancellationToken, Task<T>> call)
    {
        try
        {
            return OrThrow(call);
        }
        catch (ChatException fault)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.Terminating(fault, null));
            throw;
        }
    }

    /// <summary>The same, for who has more to do about a failed call than to end.</summary>
    /// <exception cref="ChatException">The call failed.</exception>
    public T OrThrow<T>(Func<CancellationToken, Task<T>> call)
    {
        try
        {
            return call(_stop.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (ObjectDisposedException)
        {
            // Another runspace closed the connection meanwhile.
            throw new ChatServiceException(ClientErrors.ConnectionClosed, null);
        }
    }

    public void For(Func<CancellationToken, Task> call) => For(async token =>
    {
        await call(token).ConfigureAwait(false);
        return true;
    });
}
