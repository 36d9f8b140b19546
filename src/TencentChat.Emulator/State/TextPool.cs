namespace TencentChat.Emulator.State;

/// <summary>
/// Makes equal attribute values one object: a million users share few cities. Of fixed size and forgetful; a value it has
/// forgotten is merely stored once more.
/// </summary>
internal sealed class TextPool
{
    private const int Size = 1 << 14;
    private readonly string?[] _texts = new string?[Size];

    public string Share(string text)
    {
        ref string? place = ref _texts[(uint)string.GetHashCode(text, StringComparison.Ordinal) % Size];
        string? known = place;
        if (string.Equals(known, text, StringComparison.Ordinal))
        {
            return known!;
        }

        place = text;
        return text;
    }
}
