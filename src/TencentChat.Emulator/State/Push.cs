namespace TencentChat.Emulator.State;

/// <summary>A push that went out, and whom it was for.</summary>
public sealed record Push
{
    /// <summary>The number of the push, counted from 1 in the order in which they went out.</summary>
    public long Sequence { get; init; }

    /// <summary>What the answer called it.</summary>
    public required string TaskId { get; init; }

    /// <summary>The command that sent it: <c>im_push</c>, <c>push</c> or <c>batch</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>When, by the emulator's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The sender that is shown, <c>From_Account</c>; null when that is the admin who called.</summary>
    public string? From { get; init; }

    /// <summary>The <c>MsgRandom</c> of the call.</summary>
    public required uint MsgRandom { get; init; }

    /// <summary>The condition, as JSON text; null for everybody, and for named accounts.</summary>
    public string? Condition { get; init; }

    /// <summary>What it said, shortened: the first text of the message, else title and text of the notification.</summary>
    public required string Text { get; init; }

    /// <summary>Whether it is for those who are online alone, and kept for nobody.</summary>
    public bool IsOnlineOnly { get; init; }

    /// <summary>How many accounts it was for. An account that is offline counts: nobody logs in here.</summary>
    public required int AudienceCount { get; init; }

    /// <summary>The accounts it was for, as far as they are kept: at most 1,000.</summary>
    public required IReadOnlyList<string> Accounts { get; init; }

    /// <summary>How many calls were taken for a repetition of it, and sent nothing.</summary>
    public int Repeats { get; init; }

    /// <summary>When it was revoked; null when it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
