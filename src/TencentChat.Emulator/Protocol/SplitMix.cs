namespace TencentChat.Emulator.Protocol;

/// <summary>A small random sequence whose every value follows from its start, on every platform and in every version.</summary>
internal static class SplitMix
{
    public static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        return Mix(state);
    }

    /// <summary>One value for a set of numbers, the same whenever they are.</summary>
    public static ulong Hash(ulong a, ulong b, ulong c, ulong d)
    {
        ulong state = a;
        state = Next(ref state) ^ b;
        state = Next(ref state) ^ c;
        state = Next(ref state) ^ d;
        return Next(ref state);
    }

    /// <summary>As a number from 0 up to but not including 1.</summary>
    public static double ToUnit(ulong value) => (value >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
