using System.Text;

namespace TencentChat.Emulator.Tests.Fuzz;

/// <summary>Makes wrong requests from right ones; the same seed makes the same ones.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly byte[][] s_pieces = [.. new[]
    {
        "{", "}", "[", "]", "\"", ":", ",", "null", "true", "-1", "0", "1e999999", "-0", "1.5", "99999999999999999999999999999999999999", "{}", "[]", "\"\"", "[[[[[[[[[[",
        "\"\\ud800\"", "\"\\u0000\"", "\\", "/*", "//", "NaN", "\uFEFF", "\"To_Account\":\"a\",", "\"UserID\":\"a\",", "\"Attrs\":{},", "\"__proto__\":1,", "\u202E", "𝒳",
        "%", "%2", "%00", "&", "=", "usersig=", "sdkappid=1&", "+", "\r\n", " ", "\t", "@RGP#x", "administrator", new string('x', 300), new string('9', 5000),
    }.Select(Encoding.UTF8.GetBytes), [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]];

    private readonly Random _random = new(seed);

    public T OneOf<T>(IReadOnlyList<T> things) => things[_random.Next(things.Count)];

    public bool Happens(double share) => _random.NextDouble() < share;

    public byte[] Bytes(int longest)
    {
        byte[] bytes = new byte[_random.Next(longest + 1)];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>One to four changes, each of another kind.</summary>
    public byte[] Change(byte[] sample)
    {
        for (int changes = _random.Next(1, 5); changes > 0; changes--)
        {
            int from = _random.Next(sample.Length + 1);
            int to = Math.Min(sample.Length, from + _random.Next(1, 24));
            sample = _random.Next(9) switch
            {
                0 => Join(sample[..from], [], sample[to..]),
                1 => Join(sample[..to], sample[from..to], sample[to..]),
                2 => sample[..from],
                3 => Flip(sample),
                4 => Join(sample[..from], Bytes(8), sample[from..]),
                5 => Join(sample[..from], OneOf(s_pieces), sample[to..]),
                6 => ReplaceToken(sample),
                7 => Nest(sample, from),
                _ => Join(sample[..from], OneOf(s_pieces), sample[from..]),
            };
        }

        return sample;
    }

    private static byte[] Join(byte[] first, byte[] second, byte[] third) => [.. first, .. second, .. third];

    private byte[] Flip(byte[] sample)
    {
        byte[] flipped = sample.ToArray();
        if (flipped.Length > 0)
        {
            flipped[_random.Next(flipped.Length)] ^= (byte)(1 << _random.Next(8));
        }

        return flipped;
    }

    /// <summary>Another type in the place of a string, so that the JSON stays whole.</summary>
    private byte[] ReplaceToken(byte[] sample)
    {
        var quotes = Enumerable.Range(0, sample.Length).Where(i => sample[i] == '"').ToList();
        if (quotes.Count < 2)
        {
            return sample;
        }

        int first = _random.Next(quotes.Count / 2) * 2;
        return Join(sample[..quotes[first]], OneOf(s_pieces), sample[(quotes[first + 1] + 1)..]);
    }

    private byte[] Nest(byte[] sample, int at)
    {
        int depth = _random.Next(1, 200);
        (string open, string close) = Happens(0.5) ? ("[", "]") : ("{\"a\":", "}");
        return Join(sample[..at], Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth))), sample[at..]);
    }
}
