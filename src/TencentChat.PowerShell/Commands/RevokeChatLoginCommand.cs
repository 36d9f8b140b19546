using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Accounts;
using TencentChat.PowerShell.Cmdlets;

namespace TencentChat.PowerShell.Commands;

/// <summary>Ends the logins of users and invalidates all of their earlier signatures, one user a call (page 34957).</summary>
[Cmdlet(VerbsSecurity.Revoke, "ChatLogin", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = UserSet)]
[OutputType(typeof(ChatResult))]
public sealed class RevokeChatLoginCommand : BulkCommand
{
    /// <summary>Does not ask. -WhatIf still shows and sends nothing, and -Confirm still asks.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override bool IsForced => Force;

    /// <inheritdoc/>
    private protected override Action<PSObject, long> Start()
    {
        var operation = new RevokeLogins(Chat.Signature, Chat.Options.Time);
        return Start(operation, BindUserIds(operation), ask: Ask);
    }

    private bool Ask(ChatResult row)
    {
        if (row.UserId == Chat.AdminUserId)
        {
            WriteWarning($"'{row.UserId}' is the admin of this connection, and every signature of that admin stops working, in other programs too. " + (Chat.Signature.CanSign
                ? "Here it is made anew."
                : "This connection was given one and cannot make another: every call after this one is refused. Connect again with a new signature."));
        }

        return MaySend(row, static _ => "Revoke all logins and signatures");
    }
}
