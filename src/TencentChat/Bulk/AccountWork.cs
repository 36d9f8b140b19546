using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TencentChat.Errors;

namespace TencentChat.Bulk;

/// <summary>
/// One account of a batch: what the rows that name it ask for, merged (P3), and what is known so far of its fate.
/// Every row keeps its own result; they are settled together.
/// </summary>
internal sealed class AccountWork<TRow>(TRow row)
    where TRow : ChatResult, IBulkRow<TRow>
{
    // The one row that names the account, as most accounts have it, or all of them.
    private TRow _row = row;
    private List<TRow>? _rows;

    public string UserId { get; } = row.UserId;

    /// <summary>The turn of its batch; none for a row that was merged and is sent by itself.</summary>
    public Turn<TRow>? Turn { get; init; }

    /// <summary>What is asked for the account: its row, or its rows merged into one.</summary>
    public TRow Request { get; private set; } = row;

    /// <summary>How many calls have carried the account.</summary>
    public int Attempts { get; set; }

    /// <summary>A try ended without an answer, so the work may have been done.</summary>
    public bool IsUnclear { get; set; }

    /// <summary>What an earlier call did for the account, to be told if a later one fails.</summary>
    public string? DoneSoFar { get; set; }

    public ChatResultStatus Status => Rows[^1].Status;

    public bool IsSettled => Rows[^1].IsSettled;

    /// <summary>All rows that name the account, in input order.</summary>
    public ReadOnlySpan<TRow> Rows => _rows is null ? new ReadOnlySpan<TRow>(ref _row) : CollectionsMarshal.AsSpan(_rows);

    /// <summary>Takes a later row for the same account.</summary>
    public void Add(TRow later)
    {
        (_rows ??= [_row]).Add(later);
        Request = Request.MergeWith(later);
    }

    public void Succeed() => Settle(ChatResultStatus.Succeeded);

    /// <summary>The work had been done by an earlier try whose answer was lost.</summary>
    public void SucceedAfter(string message) => Settle(ChatResultStatus.Succeeded, message);

    /// <summary>The run was stopped before the first try.</summary>
    public void Skip(ChatError reason) => Settle(ChatResultStatus.Skipped, ClientErrors.RunStopped.Describe(reason.ErrorId), ClientErrors.RunStopped);

    /// <summary>No further try will be made: <c>Unknown</c> when one may have done the work, else <c>Failed</c>.</summary>
    public void GiveUp(ChatError error, string? info) =>
        Settle(IsUnclear ? ChatResultStatus.Unknown : ChatResultStatus.Failed, error.Describe(info), error);

    public void Fail(ChatError error, string? info) => Settle(ChatResultStatus.Failed, error.Describe(info), error);

    /// <summary>One of the rows is to blame: it fails alone, and the others ask for what they would have asked without it.</summary>
    public void FailRow(TRow row, ChatError error, string? info)
    {
        row.Settle(ChatResultStatus.Failed, Attempts, error.Describe(info), error);
        if (_rows is null || _rows.Count == 1)
        {
            return;
        }

        _rows.Remove(row);
        Request = _rows[0];
        foreach (TRow later in _rows.Skip(1))
        {
            Request = Request.MergeWith(later);
        }
    }

    /// <summary>Nothing more is known of the rows that are not settled yet, some of them perhaps sent one by one.</summary>
    public void Abandon(ChatError error, string? info) =>
        Settle(Attempts > 0 ? ChatResultStatus.Unknown : ChatResultStatus.Failed, error.Describe(info), error);

    // A row that was sent by itself has its own result already.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Settle(ChatResultStatus status, string? message = null, ChatError? error = null)
    {
        if (DoneSoFar is not null && status != ChatResultStatus.Succeeded)
        {
            message = $"{message} Before that, {DoneSoFar}.";
        }

        foreach (TRow row in Rows)
        {
            if (!row.IsSettled)
            {
                row.Settle(status, Attempts, message, error);
            }
        }
    }
}
