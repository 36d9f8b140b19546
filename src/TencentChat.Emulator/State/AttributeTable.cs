namespace TencentChat.Emulator;

/// <summary>The names and account types of the app's ten attribute slots.</summary>
internal sealed class AttributeTable
{
    public const int SlotCount = 10;

    private readonly string?[] _names = new string?[SlotCount];
    private readonly int[] _types = new int[SlotCount];

    public string? NameOf(int slot) => _names[slot];

    /// <summary>0 = of UserIDs, 1 = of RegistrationIDs.</summary>
    public int TypeOf(int slot) => _types[slot];

    /// <summary>The slot of a name, compared ordinally; -1 when no slot has it.</summary>
    public int SlotOf(string name)
    {
        for (var slot = 0; slot < SlotCount; slot++)
        {
            if (string.Equals(_names[slot], name, StringComparison.Ordinal))
            {
                return slot;
            }
        }

        return -1;
    }

    public void Set(int slot, string? name, int type = 0)
    {
        _names[slot] = name;
        _types[slot] = type;
    }

    public void Clear()
    {
        Array.Clear(_names);
        Array.Clear(_types);
    }
}
