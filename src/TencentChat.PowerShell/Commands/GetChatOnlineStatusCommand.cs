using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Accounts;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Cmdlets;

namespace TencentChat.PowerShell.Commands;

/// <summary>Tells whether accounts are online, 500 a call (page 35477).</summary>
[Cmdlet(VerbsCommon.Get, "ChatOnlineStatus", DefaultParameterSetName = UserSet)]
[OutputType(typeof(OnlineStatusResult))]
public sealed class GetChatOnlineStatusCommand : RowCommand
{
    private UserIdBinder? _ids;

    /// <summary>Asks for the devices too.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    private protected override IBulkOperation CreateOperation() => new OnlineStatusStep(Detailed);

    /// <inheritdoc/>
    private protected override ChatResult Bind(PSObject input, long number) =>
        RowRules.Judged(new OnlineStatusResult(number, (_ids ??= new UserIdBinder(UserIdProperty)).Bind(input, number), RowInput.Unwrap(input)));
}
