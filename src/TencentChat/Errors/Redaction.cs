using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TencentChat.Errors;

/// <summary>
/// Makes text from outside fit to be shown: no control or invisible characters, no secrets, not long. The service, or a proxy
/// before it, may quote the request's address, and that carries the signature. What is known by value is taken out whatever it looks
/// like (see <see cref="SecretMask"/>); what only looks like a secret, by its looks.
/// </summary>
internal static partial class Redaction
{
    /// <summary>The most characters of cleaned text.</summary>
    internal const int MaxLength = 200;

    /// <summary>Text beyond this is not looked at: time and memory stay small whatever is sent.</summary>
    private const int MaxInput = 4096;

    /// <summary>A run of the signature's alphabet from which on it may be one; keys have 64 characters, signatures 190 and more.</summary>
    private const int SecretRun = 60;

    /// <summary>Cleans a text, cut at 200 characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="secrets">The secrets that are known by value.</param>
    [return: NotNullIfNotNull(nameof(text))]
    internal static string? Clean(string? text, SecretMask? secrets = null) =>
        text is null ? null : NeedsNothing(text) ? secrets?.Apply(text) ?? text : Clean(text, MaxLength, isCut: false, secrets);

    /// <summary>Cleans a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">The most characters of the answer.</param>
    /// <param name="isCut">The text is the beginning of a longer one.</param>
    /// <param name="secrets">The secrets that are known by value.</param>
    internal static string Clean(string text, int maxLength, bool isCut, SecretMask? secrets)
    {
        if (text.Length > MaxInput)
        {
            text = text[..MaxInput];
            isCut = true;
        }

        string printable = Printable(text);
        if (isCut)
        {
            // The cut may leave a piece of a secret that is too short to be known for one.
            printable = printable.AsSpan().TrimEnd(SecretAlphabet).ToString();
        }

        string masked = Secrets().Replace(secrets?.Apply(printable) ?? printable, "$1$2***").Trim();
        if (masked.Length <= maxLength)
        {
            return masked;
        }

        int end = maxLength - 1;
        return masked[..(char.IsHighSurrogate(masked[end - 1]) ? end - 1 : end)] + '…';
    }

    private const string SecretAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-_%+/=";

    // Named values first, of any length, up to what ends a query value; then bare runs. '%' is in because '*' may come as %2A.
    [GeneratedRegex(
        """(usersig["']?\s*(?:=|%3D)\s*["']?)[^&\s"'<>]*|(usersig["']?\s*:\s*["']?)[A-Za-z0-9*_%+/=-]{20,}|[A-Za-z0-9*_%+/=-]{60,}""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Secrets();

    /// <summary>Most texts of the service are short and harmless; they are not copied.</summary>
    private static bool NeedsNothing(string text)
    {
        if (text.Length >= SecretRun || text.Contains("usersig", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        foreach (char c in text)
        {
            if (c is < ' ' or > '~')
            {
                return false;
            }
        }

        return true;
    }

    private static string Printable(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control when rune.Value is '\t' or '\n' or '\r':
                case UnicodeCategory.LineSeparator:
                case UnicodeCategory.ParagraphSeparator:
                    clean.Append(' ');
                    break;

                // Format characters can turn the direction of what follows them on a terminal.
                case UnicodeCategory.Control:
                case UnicodeCategory.Format:
                    break;

                default:
                    clean.Append(rune.ToString());
                    break;
            }
        }

        return clean.ToString();
    }
}
