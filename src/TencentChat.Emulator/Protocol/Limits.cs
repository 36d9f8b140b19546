using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TencentChat.Emulator.Protocol;

/// <summary>Limits that the pages of several commands share.</summary>
internal static class Limits
{
    /// <summary>Accounts in a call of the attribute, import, check and delete commands.</summary>
    public const int Accounts = 100;

    /// <summary>Attribute slots of an app.</summary>
    public const int Slots = 10;

    /// <summary>UTF-8 bytes of a UserID.</summary>
    public const int UserIdBytes = 32;

    /// <summary>Tags for an account in one call that adds them.</summary>
    public const int TagsInCall = 10;

    /// <summary>Tags of one account.</summary>
    public const int TagsOfAccount = 100;

    /// <summary>Different tags of an app.</summary>
    public const int TagsOfApp = 1000;

    /// <summary>UTF-8 bytes of a tag, of an attribute's name and of its value.</summary>
    public const int TextBytes = 50;

    /// <summary>Whether a text can be an attribute's name or value: 1 to 50 UTF-8 bytes.</summary>
    public static bool IsText([NotNullWhen(true)] string? text) => text is { Length: > 0 and <= TextBytes } && Encoding.UTF8.GetByteCount(text) <= TextBytes;
}
