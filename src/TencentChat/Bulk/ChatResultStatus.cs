namespace TencentChat.Bulk;

/// <summary>What became of one input row (promise P1).</summary>
public enum ChatResultStatus
{
    /// <summary>Not decided yet. No result that is given out says so.</summary>
    Pending,

    /// <summary>Never sent: declined, <c>-WhatIf</c>, or the run ended before its turn.</summary>
    Skipped,

    /// <summary>The service did what was asked.</summary>
    Succeeded,

    /// <summary>Nothing was sent because the account is as the row says already.</summary>
    Unchanged,

    /// <summary>The row was refused, by the service or before anything was sent; nothing was changed for it.</summary>
    Failed,

    /// <summary>The row was sent and no answer told its effect. Repeating it is safe, except for a push, which may go out twice (P13).</summary>
    Unknown,
}
