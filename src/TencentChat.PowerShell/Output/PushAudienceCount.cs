using TencentChat.Protocol;

namespace TencentChat.PowerShell.Output;

/// <summary>How many of the given users a condition reaches.</summary>
public sealed class PushAudienceCount
{
    private readonly bool _hasTwoReadings;
    private long _otherReading;

    internal PushAudienceCount(PushCondition condition)
    {
        Condition = condition.ToString();
        _hasTwoReadings = condition.NoneOfTags.Count > 1;
    }

    /// <summary>The condition in words.</summary>
    public string Condition { get; }

    /// <summary>The users that were given, each counted once.</summary>
    public long Users { get; private set; }

    /// <summary>Those whom the push would reach.</summary>
    public long Reached { get; private set; }

    /// <summary>Those whom it would reach if "none of the tags" means "not all of them", as the service's pages can also be read;
    /// null when both readings are one.</summary>
    public long? ReachedByOtherReading => _hasTwoReadings ? _otherReading : null;

    /// <summary>Those who could not be read: the push may reach them or not.</summary>
    public long NotRead { get; private set; }

    internal void Add(bool isRead, bool isReached, bool isReachedByOtherReading)
    {
        Users++;
        NotRead += isRead ? 0 : 1;
        Reached += isRead && isReached ? 1 : 0;
        _otherReading += isRead && isReachedByOtherReading ? 1 : 0;
    }
}
