using System.Text.Json;

namespace TencentChat.Emulator;

/// <summary>An object of the state's JSON, read member by member, so that what was not asked for can be refused.</summary>
internal sealed class StateObject
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly string _what;

    public StateObject(JsonElement value, string what)
    {
        _what = what;
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("an object is expected");
        }

        foreach (var member in value.EnumerateObject())
        {
            if (!_members.TryAdd(member.Name, member.Value))
            {
                throw Wrong($"'{member.Name}' stands there twice");
            }
        }
    }

    public string? Text(string name) => Take(name, JsonValueKind.String)?.GetString();

    public long Number(string name) => Take(name, JsonValueKind.Number) is not { } value ? 0 : NumberOf(name, value);

    public bool Flag(string name)
    {
        _members.Remove(name, out var value);
        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False or JsonValueKind.Undefined => false,
            _ => throw Wrong($"'{name}' is neither true nor false"),
        };
    }

    public IEnumerable<(string Name, string Value)> Texts(string name) =>
        Inner(name).Select(member => (member.Key, member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : throw Wrong($"'{member.Key}' of '{name}' is not a string")));

    public IEnumerable<(string Name, long Value)> Numbers(string name) => Inner(name).Select(member => (member.Key, NumberOf(name, member.Value)));

    public IEnumerable<JsonElement> Items(string name) => Take(name, JsonValueKind.Array) is { } value ? value.EnumerateArray() : [];

    public void RefuseOthers()
    {
        if (_members.Count > 0)
        {
            throw Wrong($"'{_members.First().Key}' is not known");
        }
    }

    private Dictionary<string, JsonElement> Inner(string name) =>
        Take(name, JsonValueKind.Object) is { } value ? new StateObject(value, $"'{name}' of {_what}")._members : [];

    private JsonElement? Take(string name, JsonValueKind kind)
    {
        if (!_members.Remove(name, out var value))
        {
            return null;
        }

        return value.ValueKind == kind ? value : throw Wrong($"'{name}' is not of type {kind}");
    }

    private long NumberOf(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0 ? number : throw Wrong($"'{name}' is not a whole number");

    private FormatException Wrong(string detail) => new($"The state cannot be read: {_what}: {detail}.");
}
