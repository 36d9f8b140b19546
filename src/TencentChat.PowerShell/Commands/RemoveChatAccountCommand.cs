using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Accounts;
using TencentChat.PowerShell.Cmdlets;

namespace TencentChat.PowerShell.Commands;

/// <summary>Deletes accounts with everything that belongs to them, permanently (page 34955).</summary>
[Cmdlet(VerbsCommon.Remove, "ChatAccount", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = UserSet)]
[OutputType(typeof(ChatResult))]
public sealed class RemoveChatAccountCommand : BatchCommand
{
    /// <summary>Does not ask. -WhatIf still shows and sends nothing, and -Confirm still asks.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override bool IsForced => Force;

    /// <inheritdoc/>
    private protected override Action<PSObject, long> Start()
    {
        var operation = new DeleteAccounts(Chat.AdminUserId);
        return Start(operation, BindUserIds(operation), ask: row => MaySend(row, static _ => "Delete account permanently"));
    }
}
