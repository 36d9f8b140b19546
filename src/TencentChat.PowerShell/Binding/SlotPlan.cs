using TencentChat.Operations.Attributes;

namespace TencentChat.PowerShell.Binding;

/// <summary>Which name goes into which of the ten slots.</summary>
internal sealed class SlotPlan
{
    private const int SlotCount = 10;

    private readonly SortedDictionary<int, AttributeSlot> _slots;

    private SlotPlan(AttributeNameTable now) => _slots = new(now.Slots.ToDictionary(slot => slot.Slot));

    /// <summary>The slots that get another name.</summary>
    public List<AttributeSlot> Changes { get; } = [];

    /// <summary>
    /// All names by slot, the unchanged ones too: it is nowhere said whether the service takes a partial table as an
    /// addition or as the whole, and this is right either way.
    /// </summary>
    public IReadOnlyDictionary<int, string> Names => _slots.ToDictionary(slot => slot.Key, slot => slot.Value.Name);

    /// <summary>All account types by slot.</summary>
    public IReadOnlyDictionary<int, int> Types => _slots.ToDictionary(slot => slot.Key, slot => slot.Value.AccountType);

    /// <exception cref="BadInputException">A name stands in another slot already or has another type, or no slot is free.</exception>
    public static SlotPlan Make(AttributeNameTable now, IEnumerable<(int? Slot, string Name, int? Type)> wanted)
    {
        var plan = new SlotPlan(now);
        foreach ((int? slot, string name, int? type) in wanted)
        {
            plan.Put(slot, name, type);
        }

        return plan;
    }

    private void Put(int? wanted, string name, int? type)
    {
        AttributeSlot? holder = _slots.Values.FirstOrDefault(slot => slot.Name == name);
        if (holder is not null && (wanted is null || wanted == holder.Slot))
        {
            RefuseOtherType(holder, type);
            return;
        }

        if (holder is not null)
        {
            throw new BadInputException("AttributeNameTaken", $"'{name}' is the name of slot {holder.Slot} already, and a name stands once.");
        }

        int free = Enumerable.Range(0, SlotCount).FirstOrDefault(number => !_slots.ContainsKey(number), -1);
        int slot = wanted ?? (free >= 0 ? free : throw new BadInputException(
            "NoFreeSlot", $"All {SlotCount} slots have a name, and the service has no call that frees one. Rename one with -Slot; what users hold under it may be lost."));
        AttributeSlot? renamed = _slots.GetValueOrDefault(slot);
        RefuseOtherType(renamed, type);
        _slots[slot] = new AttributeSlot(slot, name, type ?? renamed?.AccountType ?? 0);
        Changes.Add(_slots[slot]);
    }

    // The service refuses it as well, but with the same code as a dozen other faults (page 60563).
    private static void RefuseOtherType(AttributeSlot? slot, int? type)
    {
        if (slot is not null && type is not null && type != slot.AccountType)
        {
            throw new BadInputException("WrongAccountType", $"Slot {slot.Slot} ('{slot.Name}') has account type {slot.AccountType}, and a type cannot be changed once it is set.");
        }
    }
}
