using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Accounts;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Cmdlets;

namespace TencentChat.PowerShell.Commands;

/// <summary>Tells whether accounts exist, a hundred a call (page 34956).</summary>
[Cmdlet(VerbsCommon.Get, "ChatAccount", DefaultParameterSetName = UserSet)]
[OutputType(typeof(AccountResult))]
public sealed class GetChatAccountCommand : RowCommand
{
    private UserIdBinder? _ids;

    /// <inheritdoc/>
    private protected override IBulkOperation CreateOperation() => new CheckAccountsStep();

    /// <inheritdoc/>
    private protected override ChatResult Bind(PSObject input, long number) =>
        RowRules.Judged(new AccountResult(number, (_ids ??= new UserIdBinder(UserIdProperty)).Bind(input, number), RowInput.Unwrap(input)));
}
