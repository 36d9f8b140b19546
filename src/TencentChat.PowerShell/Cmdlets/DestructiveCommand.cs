using System.Management.Automation;

namespace TencentChat.PowerShell.Cmdlets;

/// <summary>A bulk cmdlet whose effect cannot be undone: it asks for every row, unless <see cref="Force"/> says not to.</summary>
public abstract class DestructiveCommand : BulkCommand
{
    private bool _mayOnlyShow;

    /// <summary>Does not ask. -WhatIf still shows and sends nothing, and -Confirm still asks.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _mayOnlyShow = IsWhatIf;
        base.BeginProcessing();
    }

    /// <summary>Asks on the pipeline's thread, before the row is queued (P8).</summary>
    private protected bool MayDestroy(string target, string action)
    {
        bool mustAsk = MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm) && LanguagePrimitives.IsTrue(confirm);
        if (Force && !mustAsk && !_mayOnlyShow)
        {
            WriteVerbose($"Performing the operation \"{action}\" on target \"{target}\".");
            return true;
        }

        return MaySend(target, action);
    }
}
