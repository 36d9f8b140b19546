using TencentChat.Errors;

namespace TencentChat.Bulk;

/// <summary>
/// One account of a batch: what the rows that name it ask for, merged (P3), and what is known so far of its fate.
/// Every row keeps its own result; they are settled together.
/// </summary>
internal sealed class AccountWork(ChatResult row)
{
    private List<ChatResult>? _earlierRows;

    public string UserId => Row.UserId;

    /// <summary>The last row that names the account.</summary>
    public ChatResult Row { get; private set; } = row;

    public string[] Names { get; private set; } = row.Names;

    public string?[] Values { get; private set; } = row.Values;

    /// <summary>How many calls have carried the account.</summary>
    public int Attempts { get; set; }

    /// <summary>A try ended without an answer, so the work may have been done.</summary>
    public bool IsUnclear { get; set; }

    /// <summary>What an earlier step did for the account, to be told if a later one fails.</summary>
    public string? DoneSoFar { get; set; }

    public bool IsSettled => Row.IsSettled;

    /// <summary>All rows that name the account, in input order.</summary>
    public IReadOnlyList<ChatResult> Rows => _earlierRows is null ? [Row] : [.. _earlierRows, Row];

    /// <summary>Takes a later row for the same account: its values win, what it leaves alone stays.</summary>
    public void Merge(ChatResult later)
    {
        (_earlierRows ??= []).Add(Row);
        Row = later;
        if (later.Values.Length > 0)
        {
            (Names, Values) = Overlay(later);
        }
        else
        {
            Names = Names.Union(later.Names, StringComparer.Ordinal).ToArray();
        }
    }

    public void Succeed() => Settle(ChatResultStatus.Succeeded);

    /// <summary>The work had been done by an earlier try whose answer was lost.</summary>
    public void SucceedAfter(string message) => Settle(ChatResultStatus.Succeeded, message);

    public void Skip(string message) => Settle(ChatResultStatus.Skipped, message);

    /// <summary>No further try will be made: <c>Unknown</c> when one may have done the work, else <c>Failed</c>.</summary>
    public void GiveUp(ServiceError error, string? info) =>
        Settle(IsUnclear ? ChatResultStatus.Unknown : ChatResultStatus.Failed, error.Describe(info), error);

    public void Fail(ServiceError error, string? info) => Settle(ChatResultStatus.Failed, error.Describe(info), error);

    /// <summary>One of the rows is to blame: it fails alone, and the others ask for what they would have asked without it.</summary>
    public void FailRow(ChatResult row, ServiceError error, string? info)
    {
        row.Settle(ChatResultStatus.Failed, Attempts, error.Describe(info), error);
        ChatResult[] others = Rows.Where(other => other != row).ToArray();
        if (others.Length == 0)
        {
            return;
        }

        _earlierRows = null;
        Row = others[0];
        Names = Row.Names;
        Values = Row.Values;
        foreach (ChatResult later in others.AsSpan(1))
        {
            Merge(later);
        }
    }

    /// <summary>Nothing more is known of the rows that are not settled yet, some of them perhaps sent one by one.</summary>
    public void Abandon(ServiceError error, string? info)
    {
        foreach (ChatResult row in Rows.Where(row => !row.IsSettled))
        {
            row.Settle(Attempts > 0 ? ChatResultStatus.Unknown : ChatResultStatus.Failed, Attempts, error.Describe(info), error);
        }
    }

    // A row that was sent by itself has its own result already.
    private void Settle(ChatResultStatus status, string? message = null, ServiceError? error = null)
    {
        if (DoneSoFar is not null && status != ChatResultStatus.Succeeded)
        {
            message = $"{message} Before that, {DoneSoFar}.";
        }

        foreach (ChatResult row in Rows)
        {
            if (!row.IsSettled)
            {
                row.Settle(status, Attempts, message, error);
            }
        }
    }

    private (string[] Names, string?[] Values) Overlay(ChatResult later)
    {
        if (ReferenceEquals(Names, later.Names))
        {
            var values = (string?[])Values.Clone();
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = later.Values[i] ?? values[i];
            }

            return (Names, values);
        }

        var merged = new Dictionary<string, string?>(StringComparer.Ordinal);
        Put(Names, Values);
        Put(later.Names, later.Values);
        return ([.. merged.Keys], [.. merged.Values]);

        void Put(string[] names, string?[] values)
        {
            for (int i = 0; i < names.Length; i++)
            {
                merged[names[i]] = values[i] ?? merged.GetValueOrDefault(names[i]);
            }
        }
    }
}
