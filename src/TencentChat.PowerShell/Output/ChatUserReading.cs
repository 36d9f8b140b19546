using System.Management.Automation;
using TencentChat.Bulk;

namespace TencentChat.PowerShell.Output;

/// <summary>
/// What was read of a user. It exports as a table with columns of its own; what else a result says is there when asked for
/// by name, and comes along in files and from jobs.
/// </summary>
public abstract class ChatUserReading
{
    private protected ChatUserReading(ChatResult result) => Result = result;

    /// <summary>The stable word for the failure; null when there was none.</summary>
    [Hidden]
    public string? ErrorId => Result.ErrorId;

    /// <summary>The service's code for the failure; 0 when there was none or it did not come from the service.</summary>
    [Hidden]
    public int ErrorCode => Result.ErrorCode;

    /// <summary>How many calls carried the row.</summary>
    [Hidden]
    public int Attempts => Result.Attempts;

    /// <summary>The number of the batch the row went with.</summary>
    [Hidden]
    public int Batch => Result.Batch;

    /// <summary>The row's number in the input.</summary>
    [Hidden]
    public long Row => Result.Row;

    /// <summary>The row as it came.</summary>
    [Hidden]
    public object? InputObject => Result.InputObject;

    /// <summary>What became of the row.</summary>
    internal ChatResult Result { get; }

    /// <summary>Whether what it says of the user is what the app holds.</summary>
    internal bool IsRead => Result.Status == ChatResultStatus.Succeeded;

    /// <inheritdoc/>
    public sealed override string ToString() => Result.UserId;
}
