using System.Collections;
using System.Globalization;
using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Push;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Cmdlets;
using TencentChat.PowerShell.Completion;
using TencentChat.PowerShell.Output;
using TencentChat.Protocol;

namespace TencentChat.PowerShell.Commands;

/// <summary>
/// Sends one push: to everybody, to users by a condition (pages 37166 and 67814), or to named users (page 67553). A push that
/// may have gone out is not repeated (P13).
/// </summary>
[Cmdlet(VerbsCommunications.Send, "ChatPush", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ConditionSet)]
[OutputType(typeof(PushResult), ParameterSetName = [AllSet, ConditionSet])]
[OutputType(typeof(UserPushResult), ParameterSetName = [RowSet, UserSet])]
public sealed class SendChatPushCommand : BatchCommand
{
    private const string AllSet = "All";
    private const string ConditionSet = "Condition";

    private bool _isForUsers;
    private bool _hasWarnedOfUnclear;

    /// <summary>The text of the message; to named users, of the notification.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Text { get; set; }

    /// <summary>The title of the notification.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>The message's elements instead of a text: hashtables or objects with MsgType and MsgContent, JSON text, or a JSON file.</summary>
    [Parameter(ParameterSetName = AllSet)]
    [Parameter(ParameterSetName = ConditionSet)]
    [ValidateNotNull]
    public PSObject? Body { get; set; }

    /// <summary>OfflinePushInfo: a hashtable, an object, JSON text, or a JSON file; passed through (page 77715).</summary>
    [Parameter]
    [ValidateNotNull]
    public PSObject? Offline { get; set; }

    /// <summary>Who is shown as the sender; left out, the admin.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Sender { get; set; }

    /// <summary>How long the message is kept for users who are offline, up to 7 days; with push to all users only.</summary>
    [Parameter(ParameterSetName = AllSet)]
    [Parameter(ParameterSetName = ConditionSet)]
    public TimeSpan? LifeTime { get; set; }

    /// <summary>Sends to online users only and stores nothing; with the Push service only.</summary>
    [Parameter(ParameterSetName = AllSet)]
    [Parameter(ParameterSetName = ConditionSet)]
    public SwitchParameter OnlineOnly { get; set; }

    /// <summary>Everybody gets it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <summary>Users who have at least one of these tags, at most 10.</summary>
    [Parameter(ParameterSetName = ConditionSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? AnyTag { get; set; }

    /// <summary>Users who have all of these tags, at most 10.</summary>
    [Parameter(ParameterSetName = ConditionSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? AllTag { get; set; }

    /// <summary>Users who have none of these tags, at most 10; with the Push service only.</summary>
    [Parameter(ParameterSetName = ConditionSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? NoneOfTag { get; set; }

    /// <summary>Users for whom at least one of these attributes has the given value, at most 10.</summary>
    [Parameter(ParameterSetName = ConditionSet)]
    [ValidateNotNullOrEmpty]
    public IDictionary? AnyAttribute { get; set; }

    /// <summary>Users for whom all of these attributes have the given values, at most 10.</summary>
    [Parameter(ParameterSetName = ConditionSet)]
    [ValidateNotNullOrEmpty]
    public IDictionary? AllAttribute { get; set; }

    /// <summary>The most users pushed to in one call; left alone, as many as the service takes.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [Parameter(ParameterSetName = UserSet)]
    [ValidateRange(1, 500)]
    public override int BatchSize { get; set; }

    /// <summary>The number of an earlier, unclear push that this one repeats.</summary>
    [Parameter(ParameterSetName = AllSet)]
    [Parameter(ParameterSetName = ConditionSet)]
    public uint? MsgRandom { get; set; }

    /// <summary>Does not ask. -WhatIf still shows and sends nothing, and -Confirm still asks.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override bool IsForced => Force;

    /// <inheritdoc/>
    private protected override Action<PSObject, long> Start()
    {
        try
        {
            var message = new PushMessage
            {
                Text = Text,
                Title = Title,
                Body = JsonArgument.From(Body, nameof(Body), GetUnresolvedProviderPathFromPSPath),
                Offline = JsonArgument.From(Offline, nameof(Offline), GetUnresolvedProviderPathFromPSPath),
                Sender = Sender,
                LifeTime = LifeTime,
                OnlineOnly = OnlineOnly,
            };
            if (ParameterSetName is RowSet or UserSet)
            {
                return StartForUsers(message);
            }

            Send(message);
        }
        catch (BadInputException fault)
        {
            ThrowTerminatingError(ErrorRecords.BadInput(fault.Error, fault.Message, null));
        }
        catch (ChatConfigurationException fault)
        {
            ThrowTerminatingError(ErrorRecords.InvalidPush(fault));
        }

        // There is no row to take.
        return (_, _) => { };
    }

    private Action<PSObject, long> StartForUsers(PushMessage message)
    {
        if (!Chat.IsTimPush)
        {
            throw new ChatConfigurationException("Only the Push service pushes to named users: connect with -AttributeService TimPush.");
        }

        _isForUsers = true;
        var operation = new PushToUsers(PushRules.ContentForUsers(message, Chat.AdminUserId));
        string what = $"Push {Said()}";
        Func<PSObject, long, UserPushResult> bind = BindUserIds(operation);
        return Start(operation, (input, number) => WarnOfUnclear(input, bind(input, number)), ask: row => MaySend(row, _ => what));
    }

    // Whoever pipes unclear results back in may not know that these users can have the push already (P13).
    private UserPushResult WarnOfUnclear(PSObject input, UserPushResult row)
    {
        if (!_hasWarnedOfUnclear && !row.IsSettled && SavedResult.IsUnclearPush(input))
        {
            _hasWarnedOfUnclear = true;
            WriteWarning($"Row {row.Row}, user '{Redaction.Clean(row.UserId)}': an earlier push to this user is Unknown, so the user may have it already, and this would be a second one. The same goes for all other results that are Unknown.");
        }

        return row;
    }

    private void Send(PushMessage message)
    {
        // Whoever pipes users in means these users, and not all whom the condition reaches.
        if (MyInvocation.ExpectingInput)
        {
            throw new ChatConfigurationException("Users in the pipeline do not go with -All or a condition: leave the one or the other out. Nothing was sent.");
        }

        PushCondition? condition = ConditionArgument.From(AnyTag, AllTag, NoneOfTag, AnyAttribute, AllAttribute);
        if (!All && condition is null)
        {
            throw new BadInputException(InputErrors.AudienceMissing);
        }

        ChatConnection connection = Chat;
        if (Await(token => TryCheckAsync(connection, message, condition, token)) is { } fault)
        {
            throw fault;
        }

        WarnOfTwoReadings(condition);
        string audience = condition?.ToString() ?? "ALL users";

        // All of it: what is cut off could be the tags that shut users out.
        if (!MaySend($"Push {Said()}", audience, audience.Length))
        {
            WriteObject(new PushResult(audience, 0) { Status = ChatResultStatus.Skipped, Message = NotSent });
            return;
        }

        // Told before, since nothing can be told once Ctrl+C was pressed.
        uint msgRandom = MsgRandom ?? PushToUsers.NewMsgRandom();
        WriteVerbose($"Push to {InApp(audience)} with MsgRandom {msgRandom.ToString(CultureInfo.InvariantCulture)}.");
        PushResult result = Await(token => connection.PushAsync(message, condition, msgRandom, token));
        WriteObject(result);
        if (result.Error is not null)
        {
            WriteError(ErrorRecords.ForPush(result));
        }
    }

    /// <inheritdoc/>
    private protected override void OnRunEnd()
    {
        if (_isForUsers && RowCount == 0)
        {
            WriteWarning("No user was given, so nothing was sent.");
        }
    }

    // What breaks a rule is told as such, and not as a connection that cannot be.
    private static async Task<ChatConfigurationException?> TryCheckAsync(ChatConnection connection, PushMessage message, PushCondition? condition, CancellationToken cancellationToken)
    {
        try
        {
            await connection.CheckPushAsync(message, condition, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ChatConfigurationException fault)
        {
            return fault;
        }
    }

    private void WarnOfTwoReadings(PushCondition? condition)
    {
        if (condition?.NoneOfTags.Count > 1)
        {
            WriteWarning("The service's pages describe -NoneOfTag with more than one tag in two ways: users with none of the tags, or users who do not have all of them. Measure-ChatPushAudience counts both.");
        }
    }

    private string Said()
    {
        string? text = Text ?? Title;
        return text is null ? "a message" : $"'{(text.Length > 60 ? text[..60] + "..." : text)}'";
    }
}
