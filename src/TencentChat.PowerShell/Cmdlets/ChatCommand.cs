using System.Management.Automation;
using TencentChat.Errors;
using TencentChat.Operations.Attributes;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Connections;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Cmdlets;

/// <summary>A cmdlet that calls the service on a connection.</summary>
public abstract class ChatCommand : PSCmdlet, IDisposable
{
    // As long as an admin waits before a change made in the console is expected to hold here.
    private static readonly TimeSpan s_namesLastFor = TimeSpan.FromSeconds(30);

    private readonly CallWait _wait;
    private ChatConnection? _resolved;
    private string? _inApp;

    private protected ChatCommand() => _wait = new CallWait(this);

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

    /// <summary>Waits for a call on the pipeline's thread; a call that fails ends the command.</summary>
    private protected T Await<T>(Func<CancellationToken, Task<T>> call) => _wait.For(call);

    /// <summary>Waits for a call on the pipeline's thread; a call that fails ends the command.</summary>
    private protected void Await(Func<CancellationToken, Task> call) => _wait.For(call);

    /// <inheritdoc/>
    protected override void StopProcessing() => _wait.Cancel();

    /// <summary>Ends whatever is still under way.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends whatever is still under way.</summary>
    protected virtual void Dispose(bool disposing)
    {
        _wait.Dispose();
        if (_resolved is { } connection)
        {
            _resolved = null;
            ConnectionUse.End(connection);
        }
    }

    private AttributeNameTable ReadNames(TimeSpan notOlderThan) => _wait.OrThrow(token => Chat.GetAttributeNamesAsync(notOlderThan, token));

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
