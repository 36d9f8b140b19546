using System.Management.Automation;
using TencentChat.Operations.Accounts;
using TencentChat.PowerShell.Cmdlets;

namespace TencentChat.PowerShell.Commands;

/// <summary>Tells whether accounts exist, a hundred a call (page 34956).</summary>
[Cmdlet(VerbsCommon.Get, "ChatAccount", DefaultParameterSetName = UserSet)]
[OutputType(typeof(AccountResult))]
public sealed class GetChatAccountCommand : BatchCommand
{
    /// <inheritdoc/>
    private protected override Action<PSObject, long> Start()
    {
        var operation = new CheckAccounts();
        return Start(operation, BindUserIds(operation));
    }
}
