namespace TencentChat.Emulator.Journal;

/// <summary>One call as the emulator saw it. It holds nothing of the query but <c>random</c>, so never a signature.</summary>
public sealed record JournalEntry
{
    /// <summary>The number of the call, counted from 1 without gaps in the order in which calls were dealt with.</summary>
    public long Sequence { get; init; }

    /// <summary>When, by the emulator's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The path, shortened where it names no command.</summary>
    public required string Path { get; init; }

    /// <summary>The command's name; null where the path names none.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The accounts the call named, as far as it was read: at most 500, or none where the journal is told not to hold them.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>How many accounts the call named, as far as it was read.</summary>
    public int AccountCount { get; init; }

    /// <summary>
    /// The code answered, or that would have been had a fault not kept the answer from arriving; 0 = success. Null when the
    /// call came to no code: it was lost on the way.
    /// </summary>
    public int? Code { get; init; }

    /// <summary>The HTTP status sent; null when no answer was.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The fault that struck the call, as it is written: <c>drop-after</c>, <c>delay:500</c>, <c>91000</c>; null when none did.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether the call's work was done, at least in part, whatever was answered.</summary>
    public bool WorkDone { get; init; }

    /// <summary>The call's <c>random</c>, which is all that identifies a request; null when missing or no number.</summary>
    public uint? Random { get; init; }

    /// <summary>The task of the push that the call sent, repeated or revoked; null when it did none of these.</summary>
    public string? TaskId { get; init; }

    /// <summary>How many accounts the push was for that the call sent; null when it sent none.</summary>
    public int? AudienceCount { get; init; }

    /// <summary>Whether the caller got a whole answer that says success, late or not.</summary>
    internal bool IsSuccess => Code == 0 && HttpStatus == 200 && Fault is not ("truncated" or "malformed");
}
