using System.Management.Automation;
using TencentChat.Errors;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Cmdlets;

/// <summary>A cmdlet that waits for calls on the pipeline's thread, and whose waiting Ctrl+C ends.</summary>
public abstract class WaitingCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled by Ctrl+C and by the end of the command.</summary>
    private protected CancellationToken Interrupted => _stop.Token;

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Ends whatever is still under way.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends whatever is still under way.</summary>
    protected virtual void Dispose(bool disposing)
    {
        // Not disposed: StopProcessing comes from another thread and may come late; a cancelled source holds nothing.
        _stop.Cancel();
    }

    /// <summary>Waits for a call on the pipeline's thread.</summary>
    private protected T Await<T>(Func<CancellationToken, Task<T>> call)
    {
        try
        {
            return call(Interrupted).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (Interrupted.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (ChatException fault)
        {
            ThrowTerminatingError(ErrorRecords.Terminating(fault, null));
            throw;
        }
        catch (ObjectDisposedException)
        {
            // Another runspace closed the connection meanwhile.
            ThrowTerminatingError(ErrorRecords.Terminating(new ChatServiceException(ClientErrors.ConnectionClosed, null), null));
            throw;
        }
    }

    private protected void Await(Func<CancellationToken, Task> call) => Await(async token =>
    {
        await call(token).ConfigureAwait(false);
        return true;
    });
}
