using System.Text.Json;
using TencentChat.Emulator.Protocol;

namespace TencentChat.Emulator.Commands;

/// <summary>Reads the JSON of a request, strictly: every mistake of form is the service's "cannot parse".</summary>
internal sealed class RequestBody : IDisposable
{
    // The deepest request that is read has four levels; what a push passes on to devices may have some more.
    private const int MaxDepth = 16;
    private const int MaxFreeMembers = Limits.Slots;

    private readonly Call _call;
    private readonly JsonDocument _document;
    private readonly List<string> _names = [];
    private readonly List<(string Name, JsonElement Value)> _members = [];

    private RequestBody(Call call, JsonDocument document)
    {
        _call = call;
        _document = document;
    }

    public JsonElement Root => _document.RootElement;

    public static RequestBody Open(Call call)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(call.Body, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException)
        {
            throw call.BadBody();
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            document.Dispose();
            throw call.BadBody("not an object");
        }

        return new RequestBody(call, document);
    }

    public void Dispose() => _document.Dispose();

    /// <summary>Takes an object apart into the members its page knows; absent ones are undefined.</summary>
    public void Members(JsonElement value, ReadOnlySpan<string> names, Span<JsonElement> found)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw _call.BadBody("an object is expected");
        }

        found.Clear();
        try
        {
            foreach (JsonProperty member in value.EnumerateObject())
            {
                int index = 0;
                while (index < names.Length && !member.NameEquals(names[index]))
                {
                    index++;
                }

                if (index == names.Length)
                {
                    if (_call.Questions.RefuseUnknownMembers)
                    {
                        throw _call.BadBody("unknown member");
                    }

                    continue;
                }

                // Readers differ on which of two wins, so neither does.
                if (found[index].ValueKind != JsonValueKind.Undefined)
                {
                    throw _call.BadBody("duplicate member");
                }

                found[index] = member.Value;
            }
        }
        catch (InvalidOperationException)
        {
            throw _call.BadBody("a name is no Unicode");
        }
    }

    public JsonElement Member(JsonElement value, string name)
    {
        var found = new JsonElement[1];
        Members(value, [name], found);
        return found[0];
    }

    /// <summary>A member of an object whose others are nobody's business; undefined when it is not there.</summary>
    public JsonElement Find(JsonElement value, string name)
    {
        try
        {
            return value.TryGetProperty(name, out JsonElement member) ? member : default;
        }
        catch (InvalidOperationException)
        {
            throw _call.BadBody("a name is no Unicode");
        }
    }

    /// <summary>A string, or null when the value is none.</summary>
    public string? TryText(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            throw _call.BadBody("a string is no Unicode");
        }
    }

    /// <summary>A member that is 0 or 1, or is not there, which means 0.</summary>
    public bool Flag(JsonElement value, string name)
    {
        int flag = 0;
        bool isRight = value.ValueKind == JsonValueKind.Undefined || (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out flag) && flag is 0 or 1);
        return isRight ? flag == 1 : throw _call.BadBody($"{name} is neither 0 nor 1");
    }

    /// <summary>The members of an object whose names are the caller's own, each name once. Valid until the next are asked for.</summary>
    public List<(string Name, JsonElement Value)> FreeMembers(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw _call.BadBody("an object is expected");
        }

        _members.Clear();
        try
        {
            foreach (JsonProperty member in value.EnumerateObject())
            {
                string name = NameOf(member);
                if (_members.Count <= MaxFreeMembers && _members.Exists(other => string.Equals(other.Name, name, StringComparison.Ordinal)))
                {
                    throw _call.BadBody("duplicate member");
                }

                _members.Add((name, member.Value));
            }
        }
        catch (InvalidOperationException)
        {
            throw _call.BadBody("a name is no Unicode");
        }

        // No app has more slots, so at least one of the names is wrong; and comparing each with each stays cheap.
        return _members.Count <= MaxFreeMembers ? _members : throw Call.Refuse(Codes.BadAttribute, "more names than slots");
    }

    /// <summary>A member's name; the same few come with every account, so they are made once a call.</summary>
    private string NameOf(JsonProperty member)
    {
        foreach (string known in _names)
        {
            if (member.NameEquals(known))
            {
                return known;
            }
        }

        string name = member.Name;
        if (_names.Count < MaxFreeMembers)
        {
            _names.Add(name);
        }

        return name;
    }

    /// <summary>The items of an array that must be there and not be empty.</summary>
    public JsonElement.ArrayEnumerator Items(JsonElement value, int limit, int tooManyCode)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            throw _call.BadBody("an array with at least one item is expected");
        }

        if (value.GetArrayLength() > limit)
        {
            throw Call.Refuse(tooManyCode, $"at most {limit}");
        }

        return value.EnumerateArray();
    }
}
