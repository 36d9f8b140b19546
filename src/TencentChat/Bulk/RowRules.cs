using System.Text;
using TencentChat.Errors;

namespace TencentChat.Bulk;

/// <summary>What can be told of a row without asking the service (P10).</summary>
internal static class RowRules
{
    /// <summary>The most bytes of UTF-8 in an attribute's value or name (page 37170).</summary>
    public const int MaxValueBytes = 50;

    /// <summary>The most bytes of UTF-8 in a nickname or a photo's address (page 34953).</summary>
    private const int MaxProfileBytes = 500;

    public const string NothingToSet = "Nothing to set: every cell is empty.";

    // UTF-8 takes at most three bytes for one UTF-16 unit, so this many units always fit.
    private const int SurelyFits = MaxValueBytes / 3;

    /// <returns>The error, or null. Length and characters are left to the service, whose pages disagree about them.</returns>
    public static ServiceError? CheckUserId(string userId) =>
        string.IsNullOrWhiteSpace(userId) ? ClientErrors.MissingUserId
        : HasUnpairedSurrogate(userId) ? ClientErrors.InvalidText
        : null;

    /// <summary>Settles a row whose account cannot be right.</summary>
    public static T Judged<T>(T row)
        where T : Bulk.ChatResult
    {
        if (CheckUserId(row.UserId) is { } error)
        {
            row.Settle(Bulk.ChatResultStatus.Failed, 0, error.Describe(null), error);
        }

        return row;
    }

    /// <returns>The error, or null.</returns>
    public static ServiceError? CheckValue(string value) =>
        HasUnpairedSurrogate(value) ? ClientErrors.InvalidText
        : value.Length > SurelyFits && Encoding.UTF8.GetByteCount(value) > MaxValueBytes ? ClientErrors.ValueTooLong
        : null;

    /// <summary>Checks a nickname or a photo's address.</summary>
    /// <param name="isText">Whether the cell has a text at all.</param>
    /// <param name="text">The text.</param>
    /// <returns>The error, or null.</returns>
    public static ServiceError? CheckProfile(bool isText, string? text) =>
        !isText ? ClientErrors.NotText
        : text is null ? null
        : HasUnpairedSurrogate(text) ? ClientErrors.InvalidText
        : Encoding.UTF8.GetByteCount(text) > MaxProfileBytes ? ClientErrors.ProfileTooLong
        : null;

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
