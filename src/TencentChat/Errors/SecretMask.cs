using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace TencentChat.Errors;

/// <summary>
/// Knows secrets by their value and takes every piece of them out of texts from outside: whatever alphabet they are quoted in
/// (the signature's own, standard Base64, percent signs), and whatever they are cut by. Only letters and digits count.
/// </summary>
internal sealed class SecretMask
{
    /// <summary>The shortest piece that is known: chance does not make so long a one.</summary>
    private const int PieceLength = 12;

    private const int BitsPerCharacter = 6;

    private static readonly UInt128 s_pieceBits = (UInt128.One << (PieceLength * BitsPerCharacter)) - 1;

    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private readonly HashSet<UInt128> _pieces = [];

    public void Add(ReadOnlySpan<char> secret)
    {
        var piece = new Piece();
        foreach (char character in secret)
        {
            if (char.IsAsciiLetterOrDigit(character) && piece.Take(character))
            {
                _pieces.Add(piece.Value);
            }
        }
    }

    /// <summary>Adds a secret that is there as bytes, without making a text of it.</summary>
    public void Add(ReadOnlySpan<byte> ascii)
    {
        Span<char> characters = stackalloc char[256];
        for (int at = 0; at < ascii.Length; at += characters.Length - PieceLength)
        {
            int length = Encoding.Latin1.GetChars(ascii[at..Math.Min(ascii.Length, at + characters.Length)], characters);
            Add(characters[..length]);
        }

        characters.Clear();
    }

    /// <summary>Forgets the secrets.</summary>
    public void Clear()
    {
        lock (_pieces)
        {
            _pieces.Clear();
        }
    }

    /// <summary>The text without any piece of a secret.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public string Apply(string text)
    {
        var places = new List<int>(text.Length);
        bool[]? isSecret = null;
        var piece = new Piece();
        for (int i = 0; i < text.Length; i++)
        {
            int escape = EscapeAt(text, i);
            if (escape > 0)
            {
                i += escape - 1;
                continue;
            }

            if (!char.IsAsciiLetterOrDigit(text[i]))
            {
                continue;
            }

            places.Add(i);
            if (piece.Take(text[i]) && IsKnown(piece.Value))
            {
                int first = places[^PieceLength];
                Array.Fill(isSecret ??= new bool[text.Length], true, first, i - first + 1);
            }
        }

        return isSecret is null ? text : WithoutMarked(text, isSecret);
    }

    // %2B, &#43;, &#x2b; and a JSON text's \u002b stand for a sign between letters.
    private static int EscapeAt(string text, int at)
    {
        ReadOnlySpan<char> rest = text.AsSpan(at);
        if (rest is ['%', var first, var second, ..] && char.IsAsciiHexDigit(first) && char.IsAsciiHexDigit(second))
        {
            return 3;
        }

        if (rest is ['\\', 'u', ..] && rest.Length >= 6 && !rest[2..6].ContainsAnyExcept(s_hexDigits))
        {
            return 6;
        }

        int end = rest is ['&', '#', ..] ? rest[..Math.Min(rest.Length, 8)].IndexOf(';') : -1;
        return end + 1;
    }

    private static string WithoutMarked(string text, bool[] isSecret)
    {
        var clean = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (!isSecret[i])
            {
                clean.Append(text[i]);
            }
            else if (i == 0 || !isSecret[i - 1])
            {
                clean.Append("***");
            }
        }

        return clean.ToString();
    }

    private bool IsKnown(UInt128 piece)
    {
        lock (_pieces)
        {
            return _pieces.Contains(piece);
        }
    }

    // The last characters, six bits each: exactly themselves, so no other text is taken for them.
    private struct Piece
    {
        private int _count;

        public UInt128 Value { get; private set; }

        /// <returns>False while there are too few characters.</returns>
        public bool Take(char letterOrDigit)
        {
            int code = letterOrDigit <= '9' ? letterOrDigit - '0' : letterOrDigit <= 'Z' ? letterOrDigit - 'A' + 10 : letterOrDigit - 'a' + 36;
            Value = ((Value << BitsPerCharacter) | (UInt128)code) & s_pieceBits;
            return ++_count >= PieceLength;
        }
    }
}
