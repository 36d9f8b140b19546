using TencentChat.Protocol;

namespace TencentChat.Operations.Push;

/// <summary>Evaluates a condition for one user, as the service's pages describe it (pages 37166 and 67814).</summary>
internal static class PushAudience
{
    /// <summary>Whether the condition reaches a user with these tags.</summary>
    /// <param name="condition">A condition of tags.</param>
    /// <param name="tags">The user's tags.</param>
    public static bool Matches(PushCondition condition, IReadOnlyCollection<string> tags) =>
        MatchesWanted(condition, tags) && !condition.NoneOfTags.Any(tags.Contains);

    /// <summary>
    /// The same with the other reading of several unwanted tags: only a user who has all of them is left out. For up to one
    /// tag both readings are one.
    /// </summary>
    public static bool MatchesOtherReading(PushCondition condition, IReadOnlyCollection<string> tags) =>
        MatchesWanted(condition, tags) && (condition.NoneOfTags.Count == 0 || !condition.NoneOfTags.All(tags.Contains));

    /// <summary>Whether the condition reaches a user with these attributes.</summary>
    /// <param name="condition">A condition of attributes.</param>
    /// <param name="attributes">The user's attributes; of a repeated name the last value counts.</param>
    public static bool Matches(PushCondition condition, IReadOnlyList<KeyValuePair<string, string>> attributes)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in attributes)
        {
            values[name] = value;
        }

        return (condition.AnyAttribute.Count == 0 || condition.AnyAttribute.Any(Has)) && condition.AllAttributes.All(Has);

        bool Has(KeyValuePair<string, string> wanted) => values.TryGetValue(wanted.Key, out string? value) && value == wanted.Value;
    }

    private static bool MatchesWanted(PushCondition condition, IReadOnlyCollection<string> tags) =>
        (condition.AnyTag.Count == 0 || condition.AnyTag.Any(tags.Contains)) && condition.AllTags.All(tags.Contains);
}
