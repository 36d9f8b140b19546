using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Accounts;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Cmdlets;

namespace TencentChat.PowerShell.Commands;

/// <summary>Deletes accounts with everything that belongs to them, for ever (page 34955).</summary>
[Cmdlet(VerbsCommon.Remove, "ChatAccount", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = UserSet)]
[OutputType(typeof(ChatResult))]
public sealed class RemoveChatAccountCommand : DestructiveCommand
{
    private UserIdBinder? _ids;

    /// <inheritdoc/>
    private protected override IBulkOperation CreateOperation() => new DeleteAccountsStep();

    /// <inheritdoc/>
    private protected override ChatResult Bind(PSObject input, long number)
    {
        _ids ??= new UserIdBinder(UserIdProperty);
        ChatResult row = RowRules.Judged(new ChatResult(number, _ids.Bind(input, number), RowInput.Unwrap(input)));
        if (!row.IsSettled && row.UserId == Chat.AdminUserId)
        {
            row.Settle(ChatResultStatus.Failed, 0, ClientErrors.OwnAdminAccount.Describe(null), ClientErrors.OwnAdminAccount);
        }

        return row;
    }

    /// <inheritdoc/>
    private protected override bool MayProceed(ChatResult row) => MayDestroy(row.UserId, "Delete account for ever");
}
