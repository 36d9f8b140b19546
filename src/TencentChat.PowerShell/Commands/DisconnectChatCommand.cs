using System.Management.Automation;
using TencentChat.Errors;
using TencentChat.PowerShell.Connections;
using TencentChat.PowerShell.Output;

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
        if ((Connection ?? DefaultConnection.Here.Current) is not { } connection)
        {
            return;
        }

        try
        {
            EmbeddedEmulator.Save(connection);
        }
        catch (ChatException fault)
        {
            ThrowTerminatingError(ErrorRecords.Terminating(fault, connection));
        }

        connection.Dispose();
        WriteVerbose($"Disconnected from {AppText.Of(connection)}.");
        DefaultConnection.Here.Disconnect(connection);
    }

    // Also where there was nothing to close: whoever disconnects does not want to go on with what the environment says.
    /// <inheritdoc/>
    protected override void EndProcessing() => DefaultConnection.Here.Disconnect(null);
}
