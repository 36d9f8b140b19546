namespace TencentChat.Operations.Attributes;

/// <summary>The app's attribute names: at most ten slots, each a name and the kind of account it is for (pages 37168 and 60562).</summary>
public sealed class AttributeNameTable
{
    private readonly HashSet<string> _names;

    internal AttributeNameTable(IReadOnlyDictionary<int, string>? names, IReadOnlyDictionary<int, int>? types, long readAt)
    {
        Slots = (names ?? new Dictionary<int, string>()).OrderBy(slot => slot.Key)
            .Select(slot => new AttributeSlot(slot.Key, slot.Value, types?.GetValueOrDefault(slot.Key) ?? 0)).ToArray();
        Names = Slots.Select(slot => slot.Name).ToArray();
        _names = new HashSet<string>(Names, StringComparer.Ordinal);
        ReadAt = readAt;
    }

    /// <summary>The named slots, by number.</summary>
    public IReadOnlyList<AttributeSlot> Slots { get; }

    /// <summary>The names, by slot number.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The clock's timestamp when the names were asked for.</summary>
    internal long ReadAt { get; }

    /// <summary>Whether the app has this name. Case matters.</summary>
    public bool Contains(string name) => _names.Contains(name);
}
