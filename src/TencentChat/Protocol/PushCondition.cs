namespace TencentChat.Protocol;

/// <summary>
/// Who gets a push: users by their tags, or users by their attributes (pages 37166 and 67814). Tags and attributes exclude
/// each other. Every list that is given must be met.
/// </summary>
public sealed record PushCondition
{
    /// <summary>Users who have at least one of these tags, at most 10.</summary>
    public IReadOnlyList<string> AnyTag { get; init; } = [];

    /// <summary>Users who have all of these tags, at most 10.</summary>
    public IReadOnlyList<string> AllTags { get; init; } = [];

    /// <summary>Users who have none of these tags, at most 10; only with <see cref="AttributeService.TimPush"/>. For more than one
    /// tag the service's pages can also be read as "not all of them".</summary>
    public IReadOnlyList<string> NoneOfTags { get; init; } = [];

    /// <summary>Users for whom at least one of these attributes has the given value, at most 10.</summary>
    public IReadOnlyDictionary<string, string> AnyAttribute { get; init; } = new Dictionary<string, string>();

    /// <summary>Users for whom all of these attributes have the given values, at most 10.</summary>
    public IReadOnlyDictionary<string, string> AllAttributes { get; init; } = new Dictionary<string, string>();

    internal bool HasTags => AnyTag.Count + AllTags.Count + NoneOfTags.Count > 0;

    internal bool HasAttributes => AnyAttribute.Count + AllAttributes.Count > 0;

    /// <summary>The audience in words.</summary>
    public override string ToString() => string.Join(" and ", new[]
    {
        Words("any of the tags", AnyTag),
        Words("all of the tags", AllTags),
        Words("none of the tags", NoneOfTags),
        Words("any of the attributes", AnyAttribute),
        Words("all of the attributes", AllAttributes),
    }.Where(part => part is not null)) is { Length: > 0 } words ? $"users with {words}" : "all users";

    private static string? Words(string what, IEnumerable<string> tags) =>
        tags.Any() ? $"{what} {string.Join(", ", tags.Select(tag => $"'{tag}'"))}" : null;

    private static string? Words(string what, IReadOnlyDictionary<string, string> attributes) =>
        attributes.Count > 0 ? $"{what} {string.Join(", ", attributes.Select(pair => $"{pair.Key}='{pair.Value}'"))}" : null;
}
