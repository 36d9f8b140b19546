using System.Management.Automation;
using TencentChat.Errors;
using TencentChat.Operations.Attributes;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Connections;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Cmdlets;

/// <summary>A cmdlet that calls the service on a connection.</summary>
public abstract class ChatCommand : WaitingCommand
{
    // As long as an admin waits before a change made in the console is expected to hold here.
    private static readonly TimeSpan s_namesLastFor = TimeSpan.FromSeconds(30);

    private ChatConnection? _resolved;
    private string? _inApp;

    /// <summary>The connection to use instead of this runspace's default one.</summary>
    [Parameter]
    [ValidateNotNull]
    public ChatConnection? Connection { get; set; }

    /// <summary>The connection of this invocation.</summary>
    private protected ChatConnection Chat => _resolved ??= ResolveConnection();

    /// <summary>What is about to be changed, and where: "ann in app 1400000000 (Singapore)". For questions, -WhatIf and verbose lines.</summary>
    private protected string InApp(string target) => target + (_inApp ??= $" in {AppText.Of(Chat)}");

    /// <summary>
    /// Uses the app's attribute names, as they are known here. When one is missing, they may have been given elsewhere since:
    /// then they are read anew before anybody is told that there is no such attribute.
    /// </summary>
    /// <exception cref="BadInputException"><paramref name="use"/> refuses the newest names as well.</exception>
    private protected T WithNames<T>(Func<AttributeNameTable, T> use)
    {
        AttributeNameTable? known = Chat.Names.Known;
        AttributeNameTable names = ReadNames(s_namesLastFor);
        try
        {
            return use(names);
        }
        catch (BadInputException fault) when (fault.ErrorId == ClientErrors.UnknownAttribute.ErrorId && ReferenceEquals(names, known))
        {
            return use(ReadNames(TimeSpan.Zero));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (_resolved is { } connection)
        {
            _resolved = null;
            ConnectionUse.End(connection);
        }
    }

    private AttributeNameTable ReadNames(TimeSpan notOlderThan) => Await(token => Chat.GetAttributeNamesAsync(notOlderThan, token));

    private ChatConnection ResolveConnection()
    {
        ChatConnection connection = Connection ?? FindDefault();
        if (connection.IsClosed)
        {
            ThrowTerminatingError(ErrorRecords.Terminating(new ChatServiceException(ClientErrors.ConnectionClosed, null), connection));
        }

        ConnectionUse.Begin(connection);
        return connection;
    }

    private ChatConnection FindDefault()
    {
        DefaultConnection here = DefaultConnection.Here;
        ChatConnection? connection = null;
        try
        {
            connection = here.Find(out bool isNew);
            if (isNew)
            {
                WriteVerbose($"Connected by the environment to {AppText.Of(connection!)} as '{connection!.AdminUserId}'.");
            }
        }
        catch (ChatException fault)
        {
            ThrowTerminatingError(ErrorRecords.Terminating(fault, null));
        }

        if (connection is null)
        {
            ThrowTerminatingError(ErrorRecords.BadInput("NotConnected", here.WhyNone, null, ErrorCategory.ConnectionError));
        }

        return connection!;
    }
}
