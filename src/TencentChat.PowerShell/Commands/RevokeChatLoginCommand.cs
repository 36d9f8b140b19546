using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Accounts;
using TencentChat.PowerShell.Cmdlets;

namespace TencentChat.PowerShell.Commands;

/// <summary>Ends the logins of users and invalidates all of their earlier signatures, one user a call (page 34957).</summary>
[Cmdlet(VerbsSecurity.Revoke, "ChatLogin", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = UserSet)]
[OutputType(typeof(ChatResult))]
public sealed class RevokeChatLoginCommand : DestructiveCommand
{
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
            WriteWarning($"'{row.UserId}' is the admin of this connection. Its signature is made anew here, but every other one of that account stops working, in other programs too.");
        }

        return MayDestroy(row.UserId, "Revoke all logins and signatures");
    }
}
