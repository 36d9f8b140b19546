using System.Management.Automation;
using TencentChat.Operations.Accounts;
using TencentChat.PowerShell.Cmdlets;

namespace TencentChat.PowerShell.Commands;

/// <summary>Tells whether accounts are online, 500 a call (page 35477).</summary>
[Cmdlet(VerbsCommon.Get, "ChatOnlineStatus", DefaultParameterSetName = UserSet)]
[OutputType(typeof(OnlineStatusResult))]
public sealed class GetChatOnlineStatusCommand : BatchCommand
{
    /// <summary>The most users asked about in one call; left alone, as many as the service takes.</summary>
    [Parameter]
    [ValidateRange(1, 500)]
    public override int BatchSize { get; set; }

    /// <summary>Asks for the devices too.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    private protected override Action<PSObject, long> Start()
    {
        var operation = new QueryOnlineStatus(Detailed);
        return Start(operation, BindUserIds(operation));
    }
}
