using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Accounts;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Cmdlets;

namespace TencentChat.PowerShell.Commands;

/// <summary>Ends the logins of users and makes all of their earlier signatures worthless, one user a call (page 34957).</summary>
[Cmdlet(VerbsSecurity.Revoke, "ChatLogin", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = UserSet)]
[OutputType(typeof(ChatResult))]
public sealed class RevokeChatLoginCommand : DestructiveCommand
{
    private UserIdBinder? _ids;

    /// <inheritdoc/>
    private protected override IBulkOperation CreateOperation() => new RevokeLoginStep(Chat);

    /// <inheritdoc/>
    private protected override ChatResult Bind(PSObject input, long number) =>
        RowRules.Judged(new ChatResult(number, (_ids ??= new UserIdBinder(UserIdProperty)).Bind(input, number), RowInput.Unwrap(input)));

    /// <inheritdoc/>
    private protected override bool MayProceed(ChatResult row)
    {
        if (row.UserId == Chat.AdminUserId)
        {
            WriteWarning($"'{row.UserId}' is the admin of this connection. Its signature is made anew here, but every other one of that account stops working, in other programs too.");
        }

        return MayDestroy(row.UserId, "Revoke all logins and signatures");
    }
}
