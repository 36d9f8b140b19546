using TencentChat.Errors;

namespace TencentChat.Bulk;

/// <summary>The runs of one command, which are cancelled together: from any thread, also while another run is being started.</summary>
internal sealed class RunGroup
{
    private readonly object _gate = new();
    private RunControl[] _runs = [];
    private bool _isCancelled;

    /// <summary>Why the first of the stopped runs was stopped; null while all go on.</summary>
    public StopReason? Reason
    {
        get
        {
            foreach (RunControl run in Volatile.Read(ref _runs))
            {
                if (run.Reason is { } reason)
                {
                    return reason;
                }
            }

            return null;
        }
    }

    /// <summary>Ends every run: what is not sent yet is not sent.</summary>
    /// <param name="error">What ends them.</param>
    /// <param name="info">What the service said.</param>
    public void Stop(ChatError error, string? info)
    {
        foreach (RunControl run in Volatile.Read(ref _runs))
        {
            run.Stop(error, info);
        }
    }

    /// <summary>Adds a run; one that comes after <see cref="Cancel"/> is cancelled at once.</summary>
    public void Add(RunControl run)
    {
        bool isLate;
        lock (_gate)
        {
            Volatile.Write(ref _runs, [.. _runs, run]);
            isLate = _isCancelled;
        }

        if (isLate)
        {
            run.Cancel();
        }
    }

    public void Cancel()
    {
        RunControl[] runs;
        lock (_gate)
        {
            _isCancelled = true;
            runs = _runs;
        }

        foreach (RunControl run in runs)
        {
            run.Cancel();
        }
    }
}
