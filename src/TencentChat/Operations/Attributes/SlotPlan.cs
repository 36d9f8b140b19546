namespace TencentChat.Operations.Attributes;

/// <summary>Which name goes into which of the ten slots, on top of the names that the app has now.</summary>
/// <param name="now">The app's names.</param>
internal sealed class SlotPlan(AttributeNameTable now)
{
    /// <summary>How many slots an app has (page 37167).</summary>
    public const int SlotCount = 10;

    private readonly SortedDictionary<int, AttributeSlot> _slots = new(now.Slots.ToDictionary(slot => slot.Slot));
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    /// <summary>The slots that get another name.</summary>
    public List<SlotChange> Changes { get; } = [];

    /// <summary>
    /// All names by slot, the unchanged ones too: it is nowhere said whether the service takes a partial table as an
    /// addition or as the whole, and this is right either way.
    /// </summary>
    public IReadOnlyDictionary<int, string> Names => _slots.ToDictionary(slot => slot.Key, slot => slot.Value.Name);

    /// <summary>All account types by slot.</summary>
    public IReadOnlyDictionary<int, int> Types => _slots.ToDictionary(slot => slot.Key, slot => slot.Value.AccountType);

    /// <summary>Puts a name into a slot. One that the app has stays where it is.</summary>
    /// <param name="wanted">The slot, 0 to 9; null for the first free one.</param>
    /// <param name="name">The name.</param>
    /// <param name="type">The account type; null keeps the slot's, and gives 0 to a free slot.</param>
    /// <param name="holder">The slot that is in the way, if one is.</param>
    /// <returns>Why not; nothing is planned for the name then.</returns>
    public SlotConflict TryPut(int? wanted, string name, int? type, out AttributeSlot? holder)
    {
        holder = _slots.Values.FirstOrDefault(slot => slot.Name == name);
        if (!_given.Add(name))
        {
            return SlotConflict.GivenTwice;
        }

        if (holder is not null)
        {
            return wanted is not null && wanted != holder.Slot ? SlotConflict.NameTaken : CheckType(holder, type);
        }

        int slot = wanted ?? Enumerable.Range(0, SlotCount).FirstOrDefault(number => !_slots.ContainsKey(number), -1);
        if (slot < 0)
        {
            return SlotConflict.NoFreeSlot;
        }

        holder = _slots.GetValueOrDefault(slot);
        if (CheckType(holder, type) is var conflict and not SlotConflict.None)
        {
            return conflict;
        }

        _slots[slot] = new AttributeSlot(slot, name, type ?? holder?.AccountType ?? 0);
        Changes.Add(new SlotChange(_slots[slot], holder?.Name));
        return SlotConflict.None;
    }

    // The service refuses it as well, but with the same code as a dozen other faults (page 60563).
    private static SlotConflict CheckType(AttributeSlot? slot, int? type) =>
        slot is not null && type is not null && type != slot.AccountType ? SlotConflict.OtherType : SlotConflict.None;
}
