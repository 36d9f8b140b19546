using System.Management.Automation;
using TencentChat.PowerShell.Connections;

namespace TencentChat.PowerShell.Commands;

/// <summary>Shows this runspace's default connection; nothing when there is none.</summary>
[Cmdlet(VerbsCommon.Get, "ChatConnection")]
[OutputType(typeof(ChatConnection))]
public sealed class GetChatConnectionCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (DefaultConnection.Here.Current is { } connection)
        {
            ConnectionUse.GiveOut(connection);
            WriteObject(connection);
        }
    }
}
