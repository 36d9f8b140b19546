using System.Collections;
using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Attributes;
using TencentChat.Operations.Push;
using TencentChat.Operations.Tags;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Cmdlets;
using TencentChat.PowerShell.Completion;
using TencentChat.PowerShell.Output;
using TencentChat.Protocol;

namespace TencentChat.PowerShell.Commands;

/// <summary>
/// Counts which of the given users a condition reaches: reads their tags or attributes and evaluates the condition as the
/// service's pages describe it. The service itself has no such command.
/// </summary>
[Cmdlet(VerbsDiagnostic.Measure, "ChatPushAudience", DefaultParameterSetName = UserSet)]
[OutputType(typeof(PushAudienceCount))]
[OutputType(typeof(PushReceiver))]
public sealed class MeasureChatPushAudienceCommand : BatchCommand
{
    private readonly HashSet<string> _counted = new(StringComparer.Ordinal);
    private PushAudienceCount? _count;

    /// <summary>Users who have at least one of these tags, at most 10.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? AnyTag { get; set; }

    /// <summary>Users who have all of these tags, at most 10.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? AllTag { get; set; }

    /// <summary>Users who have none of these tags, at most 10; with the Push service only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? NoneOfTag { get; set; }

    /// <summary>Users for whom at least one of these attributes has the given value, at most 10.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public IDictionary? AnyAttribute { get; set; }

    /// <summary>Users for whom all of these attributes have the given values, at most 10.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public IDictionary? AllAttribute { get; set; }

    /// <summary>Writes the users whom the push would reach instead of the count.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override Action<PSObject, long> Start()
    {
        PushCondition condition = ReadCondition();
        _count = new PushAudienceCount(condition);
        if (condition.HasTags)
        {
            var tags = new GetTags(Chat.AttributeService);
            return Start(tags, BindUserIds(tags), write: row =>
                Count(row, PushAudience.Matches(condition, row.Tags), PushAudience.MatchesOtherReading(condition, row.Tags)));
        }

        var attributes = new GetAttributes(Chat.AttributeService);
        return Start(attributes, BindUserIds(attributes), write: row =>
        {
            bool isReached = PushAudience.Matches(condition, row.Attributes);
            Count(row, isReached, isReached);
        });
    }

    /// <inheritdoc/>
    private protected override void OnRunEnd()
    {
        if (!PassThru)
        {
            WriteObject(_count);
        }
    }

    private PushCondition ReadCondition()
    {
        try
        {
            PushCondition condition = ConditionArgument.From(AnyTag, AllTag, NoneOfTag, AnyAttribute, AllAttribute)
                ?? throw new BadInputException(InputErrors.AudienceMissing);
            PushRules.Check(condition, Chat.AttributeService);
            if (condition.HasAttributes)
            {
                PushRules.CheckNames(condition, Await(token => Chat.GetAttributeNamesAsync(TimeSpan.Zero, token)));
            }

            return condition;
        }
        catch (BadInputException fault)
        {
            ThrowTerminatingError(ErrorRecords.BadInput(fault.Error, fault.Message, null));
            throw;
        }
        catch (ChatConfigurationException fault)
        {
            ThrowTerminatingError(ErrorRecords.InvalidPush(fault));
            throw;
        }
    }

    // A user who comes twice gets the push once.
    private void Count(ChatResult row, bool isReached, bool isReachedByOtherReading)
    {
        bool isRead = row.Status == ChatResultStatus.Succeeded;
        if (!_counted.Add(row.UserId))
        {
            return;
        }

        _count!.Add(isRead, isReached, isReachedByOtherReading);
        if (PassThru && isRead && isReached)
        {
            WriteObject(new PushReceiver(row.UserId));
        }
    }
}
