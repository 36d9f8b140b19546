using System.Management.Automation;
using TencentChat.PowerShell.Connections;

namespace TencentChat.PowerShell.Commands;

/// <summary>Closes a connection and forgets its key.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Chat")]
public sealed class DisconnectChatCommand : PSCmdlet
{
    /// <summary>The connection to close instead of this runspace's default one.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public ChatConnection? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        ChatConnection? connection = Connection ?? DefaultConnection.Current;
        connection?.Dispose();
        if (connection == DefaultConnection.Current)
        {
            DefaultConnection.Current = null;
        }
    }
}
