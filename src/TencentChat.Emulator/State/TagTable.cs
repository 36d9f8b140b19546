namespace TencentChat.Emulator.State;

/// <summary>The tags of an app: which type of account each serves, and how many hold it. Under the state's lock.</summary>
internal sealed class TagTable(bool keepsUnused)
{
    private readonly Dictionary<string, Tag> _tags = new(StringComparer.Ordinal);

    /// <summary>How many different tags the app has.</summary>
    public int Count => _tags.Count;

    /// <summary>The tags with the type of account each serves: 0 = UserIDs, 1 = RegistrationIDs.</summary>
    public IEnumerable<KeyValuePair<string, int>> Types => _tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value.Type));

    /// <summary>The type of account a tag serves; null when the app does not have it.</summary>
    public int? TypeOf(string tag) => _tags.TryGetValue(tag, out Tag known) ? known.Type : null;

    /// <summary>Makes the app have a tag that nobody holds yet.</summary>
    public void Add(string tag, int type) => _tags.TryAdd(tag, new Tag(type, 0));

    /// <summary>Notes that one account more holds a tag; the first decides which type of account it serves.</summary>
    public void Hold(string tag, int type)
    {
        Tag known = _tags.GetValueOrDefault(tag, new Tag(type, 0));
        _tags[tag] = known with { Holders = known.Holders + 1 };
    }

    /// <summary>Notes that one account less holds a tag.</summary>
    public void Release(string tag)
    {
        Tag known = _tags[tag];
        if (known.Holders == 1 && !keepsUnused)
        {
            _tags.Remove(tag);
            return;
        }

        _tags[tag] = known with { Holders = known.Holders - 1 };
    }

    private readonly record struct Tag(int Type, int Holders);
}
