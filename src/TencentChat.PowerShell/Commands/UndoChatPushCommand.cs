using System.Management.Automation;
using System.Text.Json;
using TencentChat.Errors;
using TencentChat.Operations.Push;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Cmdlets;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Commands;

/// <summary>Withdraws pushes of the last 24 hours, with the Push service only (pages 60571 and 67824).</summary>
[Cmdlet(VerbsCommon.Undo, "ChatPush", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PushRevocation))]
public sealed class UndoChatPushCommand : ChatCommand
{
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private Consent? _consent;

    /// <summary>What the pushes are known by; results of <c>Send-ChatPush</c> have it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    public string?[]? TaskId { get; set; }

    /// <summary>What overwrites a notification that a device shows already: OfflinePushInfo as a hashtable, an object, JSON text, or a JSON file.</summary>
    [Parameter]
    [ValidateNotNull]
    public PSObject? Offline { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string? taskId in TaskId ?? [null])
        {
            if (string.IsNullOrWhiteSpace(taskId))
            {
                WriteError(ErrorRecords.BadInput(InputErrors.TaskIdMissing, InputErrors.TaskIdMissing.Meaning, taskId));
            }
            else if (_done.Add(taskId) && MayWithdraw(taskId))
            {
                Withdraw(taskId);
            }
        }
    }

    private bool MayWithdraw(string taskId)
    {
        _consent ??= new Consent(this, isForced: false);
        return !_consent.IsNeeded || _consent.Ask("Withdraw", InApp($"push {Redaction.Clean(taskId)}"));
    }

    private void Withdraw(string taskId)
    {
        ChatConnection connection = Chat;
        try
        {
            JsonElement? offline = JsonArgument.From(Offline, nameof(Offline), GetUnresolvedProviderPathFromPSPath);
            ChatServiceException? error = Await(token => TryAsync(connection, taskId, offline, token));
            if (error is null)
            {
                WriteObject(new PushRevocation(taskId));
            }
            else
            {
                WriteError(ErrorRecords.ForRevocation(taskId, error));
            }
        }
        catch (BadInputException fault)
        {
            ThrowTerminatingError(ErrorRecords.BadInput(fault.Error, fault.Message, Offline));
        }
    }

    // What is wrong with one push says nothing of the next one; what would refuse every one ends the command.
    private static async Task<ChatServiceException?> TryAsync(ChatConnection connection, string taskId, JsonElement? offline, CancellationToken cancellationToken)
    {
        try
        {
            await connection.RevokePushAsync(taskId, offline, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ChatServiceException fault) when (!fault.Error.EndsRun)
        {
            return fault;
        }
    }
}
