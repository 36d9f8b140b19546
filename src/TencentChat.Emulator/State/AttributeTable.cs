using TencentChat.Emulator.Protocol;

namespace TencentChat.Emulator.State;

/// <summary>The names and account types of the app's ten attribute slots.</summary>
internal sealed class AttributeTable
{
    private readonly string?[] _names = new string?[Limits.Slots];
    private readonly int[] _types = new int[Limits.Slots];

    /// <summary>The slots that have a name.</summary>
    public IEnumerable<int> Slots => Enumerable.Range(0, Limits.Slots).Where(slot => _names[slot] is not null);

    public string? NameOf(int slot) => _names[slot];

    /// <summary>0 = of UserIDs, 1 = of RegistrationIDs.</summary>
    public int TypeOf(int slot) => _types[slot];

    /// <summary>The slot of a name, compared ordinally; -1 when no slot has it.</summary>
    public int SlotOf(string name) => Array.FindIndex(_names, other => string.Equals(other, name, StringComparison.Ordinal));

    public void Set(int slot, string? name, int type = 0)
    {
        _names[slot] = name;
        _types[slot] = type;
    }
}
