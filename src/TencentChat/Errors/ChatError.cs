using System.Globalization;

namespace TencentChat.Errors;

/// <summary>
/// What is known of one error: of a code of the service (page 34348 and the pages of the commands), or of a fault on the way
/// to it or in the input, for which the service has no code.
/// </summary>
public sealed record ChatError
{
    /// <summary>The service's code; 0 for an error that the service did not send.</summary>
    public required int Code { get; init; }

    /// <summary>What kind of error it is.</summary>
    public required ErrorClass Class { get; init; }

    /// <summary>
    /// A stable word, shared by the codes that mean the same to an admin, for example <c>Throttled</c> or <c>InvalidUserSig</c>.
    /// about_TencentChat_Errors lists them all.
    /// </summary>
    public required string ErrorId { get; init; }

    /// <summary>What happened, in one sentence.</summary>
    public required string Meaning { get; init; }

    /// <summary>What to do, in one sentence.</summary>
    public required string Advice { get; init; }

    /// <summary>
    /// Every other row would fail the same way, so a run stops. For a code that <see cref="RenewsUserSig"/> this holds once it is
    /// answered to a fresh signature too, or when there can be none; for one that <see cref="IsRequestContent"/> until another
    /// call has passed.
    /// </summary>
    public bool EndsRun { get; init; }

    /// <summary>The service may have done the work before it answered this.</summary>
    public bool IsEffectUnclear { get; init; }

    /// <summary>The call is worth one repeat with a fresh signature.</summary>
    public bool RenewsUserSig { get; init; }

    /// <summary>The check may have failed for a reason that passes, so that the same call is worth one repeat even with the same signature.</summary>
    internal bool IsWorthOneRepeat { get; init; }

    /// <summary>Some rows of the call are to blame, or their number: smaller calls find them, or pass.</summary>
    public bool IsRequestContent { get; init; }

    /// <summary>Whether the same call may succeed a moment later.</summary>
    internal bool IsTransient => Class is ErrorClass.Retry or ErrorClass.Throttle or ErrorClass.Conflict;

    /// <summary>Whether what must not be done twice may have been done (P13): after a code that nobody knows, too.</summary>
    internal bool MayHaveBeenDone => IsEffectUnclear || Class == ErrorClass.Unknown;

    /// <summary>What happened, with the code, and with the service's own words where they are others; what to do about it is <see cref="Advice"/>.</summary>
    internal string Describe(string? info)
    {
        string code = Code == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"code {Code}");
        string words = Redaction.Clean(info) ?? string.Empty;
        if (words.TrimEnd('.').Equals(Meaning.TrimEnd('.'), StringComparison.OrdinalIgnoreCase))
        {
            words = string.Empty;
        }

        string detail = string.Join(": ", new[] { code, words }.Where(part => part.Length > 0));
        return detail.Length == 0 ? Meaning : $"{Meaning} ({detail})";
    }
}
