using System.Management.Automation;

namespace TencentChat.PowerShell.Cmdlets;

/// <summary>A bulk cmdlet whose command takes many users in one call.</summary>
public abstract class BatchCommand : BulkCommand
{
    /// <summary>The most users sent in one call; left alone, as many as the service takes.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public virtual int BatchSize { get; set; }

    /// <inheritdoc/>
    private protected sealed override int? RowsPerCall => BatchSize == 0 ? null : BatchSize;
}
