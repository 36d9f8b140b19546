using System.Text;
using TencentChat.Bulk;

namespace TencentChat.PowerShell.Output;

/// <summary>
/// What a cell of a user holds who could not be read (P12). It comes along wherever the cell goes: into a file, through
/// Select-Object, to another machine. It is longer than any value that the service takes, so nobody can set it as one.
/// </summary>
internal static class NotReadCell
{
    private const string Start = "(not read: ";

    /// <param name="read">The row that was not read.</param>
    public static string For(ChatResult read) => $"{Start}{read.ErrorId ?? read.Status.ToString()} - the value that this user has is not known)";

    /// <summary>Whether the text is one of these, and no value.</summary>
    public static bool IsOne(string text) =>
        text.StartsWith(Start, StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(text) > RowRules.MaxValueBytes;
}
