using System.Management.Automation;

namespace TencentChat.PowerShell.Cmdlets;

/// <summary>A bulk cmdlet whose effect cannot be undone: it asks for every row, unless <see cref="Force"/> says not to.</summary>
public abstract class DestructiveCommand : BulkCommand
{
    /// <summary>Does not ask. -WhatIf still shows and sends nothing, and -Confirm still asks.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected sealed override bool IsForced => Force;
}
