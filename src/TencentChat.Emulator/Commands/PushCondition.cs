using System.Text.Json;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator.Commands;

/// <summary>
/// Whom a push is for (pages 37166, 60561): tags or attributes, each with "or" and "and", which may stand together and must
/// then both be met; the Push service also has tags that shut out.
/// </summary>
internal sealed class PushCondition
{
    private const int MaxTags = 10;

    private readonly bool _shutsOutAny;
    private readonly List<string> _tagsOr;
    private readonly List<string> _tagsAnd;
    private readonly List<string> _tagsNot;
    private readonly List<(string Name, string Value)> _attrsOr;
    private readonly List<(string Name, string Value)> _attrsAnd;

    private PushCondition(Call call, RequestBody body, JsonElement value)
    {
        var members = new JsonElement[5];
        string[] known = call.Endpoint.Service == Service.TimPush
            ? ["TagsOr", "TagsAnd", "AttrsOr", "AttrsAnd", "TagsNot"]
            : ["TagsOr", "TagsAnd", "AttrsOr", "AttrsAnd"];
        body.Members(value, known, members.AsSpan(0, known.Length));
        bool hasTags = IsThere(members[0]) || IsThere(members[1]) || IsThere(members[4]);
        bool hasAttributes = IsThere(members[2]) || IsThere(members[3]);
        if (hasTags && hasAttributes)
        {
            throw Call.Refuse(Codes.MixedCondition);
        }

        _tagsOr = ReadTags(call, body, members[0]);
        _tagsAnd = ReadTags(call, body, members[1]);
        _tagsNot = ReadTags(call, body, members[4]);
        _attrsOr = ReadAttributes(call, body, members[2]);
        _attrsAnd = ReadAttributes(call, body, members[3]);
        _shutsOutAny = call.Questions.TagsNotOfSeveral == TagsNotMeaning.NotAny;
        if (_tagsOr.Intersect(_tagsAnd, StringComparer.Ordinal).Any())
        {
            throw Call.Refuse(Codes.TagInTwoConditions);
        }

        IsEmpty = _tagsOr.Count + _tagsAnd.Count + _tagsNot.Count + _attrsOr.Count + _attrsAnd.Count == 0;
        Json = value.GetRawText();
    }

    /// <summary>The condition as it was sent.</summary>
    public string Json { get; }

    private bool IsEmpty { get; }

    /// <summary>The condition of a push; null = everybody.</summary>
    public static PushCondition? Read(Call call, RequestBody body, JsonElement value)
    {
        if (!IsThere(value))
        {
            return null;
        }

        var condition = new PushCondition(call, body, value);
        return !condition.IsEmpty || call.Questions.EmptyConditionMeansEverybody ? condition : throw call.BadBody("a condition without a tag or an attribute");
    }

    /// <summary>Refuses attributes that the app does not have. Under the state's lock.</summary>
    public void CheckNames(Call call)
    {
        AttributeTable table = call.State.TableOf(call.UsesOwnSlots);
        foreach ((string name, _) in _attrsOr.Concat(_attrsAnd))
        {
            int slot = table.SlotOf(name);
            if (slot < 0 || (table.TypeOf(slot) == 1 && call.Endpoint.Service == Service.AllMemberPush))
            {
                throw Call.Refuse(Codes.BadAttribute, $"attrName:{ErrorTexts.Quote(name)} does not exist");
            }
        }
    }

    /// <summary>Whether an account meets the condition. Under the state's lock.</summary>
    public bool IsMetBy(Call call, Account account)
    {
        AttributeTable table = call.State.TableOf(call.UsesOwnSlots);
        string[] tags = account.TagsOf(call.UsesOwnTags);
        string?[] values = account.ValuesOf(call.UsesOwnSlots);
        return (_tagsOr.Count == 0 || _tagsOr.Exists(HasTag))
            && _tagsAnd.TrueForAll(HasTag)
            && (_tagsNot.Count == 0 || !(_shutsOutAny ? _tagsNot.Exists(HasTag) : _tagsNot.TrueForAll(HasTag)))
            && (_attrsOr.Count == 0 || _attrsOr.Exists(HasValue))
            && _attrsAnd.TrueForAll(HasValue);

        bool HasTag(string tag) => tags.Contains(tag, StringComparer.Ordinal);

        bool HasValue((string Name, string Value) wanted) =>
            values.ElementAtOrDefault(table.SlotOf(wanted.Name)) is { } value && string.Equals(value, wanted.Value, StringComparison.Ordinal);
    }

    private static bool IsThere(JsonElement value) => value.ValueKind != JsonValueKind.Undefined;

    private static List<string> ReadTags(Call call, RequestBody body, JsonElement value) =>
        !IsThere(value) || IsEmptyList(value) ? [] : TagReader.Read(call, body, value, MaxTags, Codes.EmptyTagInCondition, call.Questions.ConditionTagLengthCode);

    private static List<(string Name, string Value)> ReadAttributes(Call call, RequestBody body, JsonElement value)
    {
        var wanted = new List<(string Name, string Value)>();
        if (!IsThere(value))
        {
            return wanted;
        }

        foreach ((string name, JsonElement member) in body.FreeMembers(value))
        {
            string text = body.TryText(member) ?? throw Call.Refuse(call.Questions.ValueNotStringCode);
            wanted.Add(Limits.IsText(text) ? (name, text) : throw Call.Refuse(call.Questions.ValueLengthCode));
        }

        return wanted;
    }

    // An empty list asks for nothing; whether a condition that asks for nothing at all is one, is decided in one place.
    private static bool IsEmptyList(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0;
}
