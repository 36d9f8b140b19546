namespace TencentChat.Storm;

/// <summary>Checks an operation's results against its input; what they say of the state is up to those who derive from it.</summary>
internal abstract class Books(List<InputRow> input, List<Result> results, Func<Journal> readJournal)
{
    private readonly Lazy<Journal> _journal = new(readJournal);
    private readonly Lazy<Dictionary<string, int>> _batches = new(() =>
        results.GroupBy(result => result.UserId, StringComparer.Ordinal).ToDictionary(rows => rows.Key, rows => rows.DistinctBy(row => row.Batch).Count(), StringComparer.Ordinal));

    protected IReadOnlyList<InputRow> Input => input;

    protected IReadOnlyList<Result> Results => results;

    protected Findings Findings { get; } = new() { Rows = input.Count };

    protected Journal Journal => _journal.Value;

    protected IEnumerable<(InputRow Row, Result Result)> Pairs => input.Zip(results);

    // One result for each row, in order; a row that can succeed does, or nobody can know; one that cannot fails.
    protected void CheckRows(Func<InputRow, Result, bool> canSucceed)
    {
        CheckOrder();
        foreach ((InputRow row, Result result) in Pairs)
        {
            Count(result);
            if (canSucceed(row, result))
            {
                Findings.Require(IsGoodEnd(row, result), $"Row {row.Number} ('{row.UserId}') is good, and came to {result.Status} {result.ErrorId}.");
                continue;
            }

            Findings.HopelessRows++;
            Findings.Require(
                result.Status is "Failed" or "Unknown" || MayBeTakenForDone(row, result),
                $"Row {row.Number} ('{row.UserId}') cannot succeed, and came to {result.Status}.");
        }
    }

    protected void CheckOrder()
    {
        Findings.Require(results.Count == input.Count, $"{input.Count} rows have {results.Count} results.");
        foreach ((InputRow row, Result result) in Pairs)
        {
            Findings.Require(result.Row == row.Number && result.UserId == row.UserId, $"Row {row.Number} ('{row.UserId}') has the result of row {result.Row} ('{result.UserId}').");
        }
    }

    protected void Count(Result result)
    {
        _ = result.Status switch
        {
            "Succeeded" or "Unchanged" => Findings.Succeeded++,
            "Failed" => Findings.Failed++,
            "Unknown" => Findings.Unknown++,
            _ => Findings.Skipped++,
        };
        Findings.RepeatedRows += result.Attempts > 1 ? 1 : 0;
        Findings.MostAttempts = Math.Max(Findings.MostAttempts, result.Attempts);
    }

    /// <summary>Whether a row that can succeed may have come to this.</summary>
    protected virtual bool IsGoodEnd(InputRow row, Result result) => result.IsSuccess || (result.Status == "Unknown" && NobodyKnows(row.UserId));

    /// <summary>Whether a row that cannot succeed may be told as one that did.</summary>
    protected virtual bool MayBeTakenForDone(InputRow row, Result result) => false;

    /// <summary>In how many batches the account came.</summary>
    protected int BatchesOf(string userId) => _batches.Value[userId];

    // Each batch that names an account needs an answer of its own; rows of one batch share theirs.
    protected virtual bool NobodyKnows(string userId) => Journal.AnsweredCalls(userId) < BatchesOf(userId);
}
