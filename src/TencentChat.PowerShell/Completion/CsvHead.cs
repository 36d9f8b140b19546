using System.Text;

namespace TencentChat.PowerShell.Completion;

/// <summary>Reads the line of a CSV file that names the columns, and never more than the beginning of the file.</summary>
internal static class CsvHead
{
    private const int MostBytes = 64 * 1024;
    private const string TypeLine = "#TYPE";

    /// <summary>The line; as much of it as is whole, if it is too long; empty when the file has none.</summary>
    /// <param name="file">The file.</param>
    /// <param name="encoding">How its text is written, unless it says so itself.</param>
    /// <param name="separator">What stands between two columns.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static string Read(FileInfo file, Encoding encoding, char separator)
    {
        // Pipes and devices have no length; to open one could wait for ever, and take from whoever is to read it. A link has one.
        if ((file.ResolveLinkTarget(returnFinalTarget: true) ?? file) is not FileInfo { Exists: true, Length: > 0 } real)
        {
            return string.Empty;
        }

        byte[] bytes = new byte[MostBytes];
        using FileStream stream = real.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        int count = stream.ReadAtLeast(bytes, MostBytes, throwOnEndOfStream: false);
        using var reader = new StreamReader(new MemoryStream(bytes, 0, count), encoding);
        return FirstRecord(reader.ReadToEnd(), isWhole: count < MostBytes, separator);
    }

    private static string FirstRecord(string text, bool isWhole, char separator)
    {
        int start = text.StartsWith(TypeLine, StringComparison.OrdinalIgnoreCase) ? text.IndexOf('\n') + 1 : 0;
        int lastSeparator = start;
        bool isQuoted = false;
        for (int place = start; place < text.Length; place++)
        {
            char character = text[place];
            if (character == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && character is '\r' or '\n')
            {
                return text[start..place];
            }
            else if (!isQuoted && character == separator)
            {
                lastSeparator = place;
            }
        }

        return isWhole ? text[start..] : text[start..lastSeparator];
    }
}
