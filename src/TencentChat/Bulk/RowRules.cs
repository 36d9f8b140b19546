using System.Runtime.CompilerServices;
using System.Text;
using TencentChat.Errors;

namespace TencentChat.Bulk;

/// <summary>What can be told of a row without asking the service (P10).</summary>
internal static class RowRules
{
    /// <summary>The most bytes of UTF-8 in an attribute's name (page 37167).</summary>
    public const int MaxNameBytes = 50;

    /// <summary>The most bytes of UTF-8 in an attribute's value (page 37170).</summary>
    public const int MaxValueBytes = 50;

    /// <summary>The most bytes of UTF-8 in a tag (page 37173).</summary>
    public const int MaxTagBytes = 50;

    /// <summary>The most bytes of UTF-8 in a nickname or a photo's address (page 34953).</summary>
    private const int MaxProfileBytes = 500;

    public const string NothingToSet = "Nothing to set: every cell is empty.";

    // UTF-8 takes at most three bytes for one UTF-16 unit, so this many units always fit.
    private const int SurelyFits = MaxValueBytes / 3;

    /// <returns>The error, or null. Length and characters are left to the service, whose pages disagree about them.</returns>
    public static ChatError? CheckUserId(string userId) =>
        string.IsNullOrWhiteSpace(userId) ? ClientErrors.MissingUserId
        : HasUnpairedSurrogate(userId) ? ClientErrors.InvalidText
        : null;

    /// <returns>The error, or null.</returns>
    public static ChatError? CheckValue(string value) =>
        HasUnpairedSurrogate(value) ? ClientErrors.InvalidText
        : value.Length > SurelyFits && Encoding.UTF8.GetByteCount(value) > MaxValueBytes ? ClientErrors.ValueTooLong
        : null;

    /// <summary>Checks a row's values.</summary>
    /// <param name="names">The attributes.</param>
    /// <param name="values">The value of each; null where there is none.</param>
    /// <param name="where">Which one is wrong.</param>
    /// <returns>The error, or null.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ChatError? CheckValues(string[] names, string?[] values, out string? where)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value && CheckValue(value) is { } error)
            {
                where = $"attribute '{names[i]}'";
                return error;
            }
        }

        where = null;
        return null;
    }

    /// <returns>The error, or null.</returns>
    public static ChatError? CheckTag(string tag) =>
        HasUnpairedSurrogate(tag) ? ClientErrors.InvalidText
        : string.IsNullOrWhiteSpace(tag) || Encoding.UTF8.GetByteCount(tag) > MaxTagBytes ? ClientErrors.InvalidTag
        : null;

    /// <summary>Takes empty cells for cells that say nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LeaveEmptyAlone(string?[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = string.IsNullOrEmpty(values[i]) ? null : values[i];
        }
    }

    /// <summary>Checks a nickname or a photo's address.</summary>
    /// <returns>The error, or null.</returns>
    public static ChatError? CheckProfile(string? text) =>
        text is null ? null
        : HasUnpairedSurrogate(text) ? ClientErrors.InvalidText
        : Encoding.UTF8.GetByteCount(text) > MaxProfileBytes ? ClientErrors.ProfileTooLong
        : null;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool HasUnpairedSurrogate(ReadOnlySpan<char> text)
    {
        int at;
        while ((at = text.IndexOfAnyInRange('\uD800', '\uDFFF')) >= 0)
        {
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return true;
            }

            text = text[(at + 2)..];
        }

        return false;
    }
}
