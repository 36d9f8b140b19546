using System.Management.Automation;
using TencentChat.Errors;
using TencentChat.Operations.Attributes;
using TencentChat.PowerShell.Connections;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Cmdlets;

/// <summary>A cmdlet that calls the service on a connection.</summary>
public abstract class ChatCommand : WaitingCommand
{
    private ChatConnection? _resolved;

    /// <summary>The connection to use instead of this runspace's default one.</summary>
    [Parameter]
    [ValidateNotNull]
    public ChatConnection? Connection { get; set; }

    /// <summary>The connection of this invocation.</summary>
    private protected ChatConnection Chat => _resolved ??= ResolveConnection();

    private ChatConnection ResolveConnection()
    {
        ChatConnection? connection = Connection ?? DefaultConnection.Current;
        if (connection is null)
        {
            try
            {
                connection = DefaultConnection.Current = EnvironmentConnection.Create();
            }
            catch (ChatException fault)
            {
                ThrowTerminatingError(ErrorRecords.Terminating(fault, null));
            }
        }

        if (connection!.IsClosed)
        {
            ThrowTerminatingError(ErrorRecords.Terminating(
                new ChatConfigurationException("The connection was closed. Connect again with Connect-Chat."), connection));
        }

        return connection;
    }

    /// <summary>The app's attribute names, no older than what an admin who changes them by hand would put up with.</summary>
    private protected AttributeNameTable GetNames() => Await(token => Chat.GetAttributeNamesAsync(TimeSpan.FromSeconds(30), token));
}
