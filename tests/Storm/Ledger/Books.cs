namespace TencentChat.Storm;

/// <summary>Checks an operation's results against its input, and the emulator's state against both.</summary>
internal sealed class Books(List<InputRow> input, List<Result> results, Dictionary<string, string?[]> before, Dictionary<string, string?[]> after, Func<Journal> readJournal)
{
    private readonly Findings _findings = new() { Rows = input.Count, Accounts = after.Count };
    private readonly Lazy<Journal> _journal = new(readJournal);
    private readonly Lazy<Dictionary<string, int>> _batches = new(() =>
        results.GroupBy(result => result.UserId, StringComparer.Ordinal).ToDictionary(rows => rows.Key, rows => rows.DistinctBy(row => row.Batch).Count(), StringComparer.Ordinal));

    /// <summary>Good rows succeeded, and every account holds what its rows say in their order; nothing else has changed.</summary>
    public Findings CheckSet()
    {
        CheckRows((row, _) => row.IsGood);
        var model = before.ToDictionary(account => account.Key, account => (string?[])account.Value.Clone(), StringComparer.Ordinal);
        var doubtful = new HashSet<string>(StringComparer.Ordinal);
        foreach ((InputRow row, Result result) in input.Zip(results))
        {
            if (result.Status == "Unknown")
            {
                doubtful.Add(row.UserId);
            }
            else if (result.Status == "Succeeded")
            {
                Overlay(model, row);
            }
        }

        CheckDoubtful(doubtful, model);
        CompareStates(model, doubtful);
        return _findings;
    }

    /// <summary>Every account that exists was read, with what it holds; and reading changed nothing.</summary>
    public Findings CheckGet()
    {
        CheckRows((row, _) => before.ContainsKey(row.UserId));
        foreach (Result result in results.Where(result => result.Status == "Succeeded"))
        {
            _findings.Require(
                before.TryGetValue(result.UserId, out string?[]? values) && values.Select(value => value ?? string.Empty).SequenceEqual(result.Cells, StringComparer.Ordinal),
                $"Row {result.Row}: read {string.Join('|', result.Cells)}, which '{result.UserId}' does not hold.");
        }

        CompareStates(before, []);
        return _findings;
    }

    /// <summary>Every account of the input is gone, and every row that could delete one succeeded.</summary>
    public Findings CheckDelete()
    {
        // A second row for an account finds it gone, unless both travelled together.
        var deletedIn = new HashSet<string>(StringComparer.Ordinal);
        CheckRows((row, result) => before.ContainsKey(row.UserId) && (deletedIn.Add(row.UserId) || result.Status == "Succeeded"));
        var doubtful = results.Where(result => result.Status == "Unknown").Select(result => result.UserId).ToHashSet(StringComparer.Ordinal);
        var named = input.Select(row => row.UserId).ToHashSet(StringComparer.Ordinal);
        CompareStates(before.Where(account => !named.Contains(account.Key)).ToDictionary(StringComparer.Ordinal), doubtful);
        return _findings;
    }

    // One result for each row, in order; a row that can succeed does, or nobody can know; one that cannot fails.
    private void CheckRows(Func<InputRow, Result, bool> canSucceed)
    {
        _findings.Require(results.Count == input.Count, $"{input.Count} rows have {results.Count} results.");
        foreach ((InputRow row, Result result) in input.Zip(results))
        {
            _findings.Require(result.Row == row.Number && result.UserId == row.UserId, $"Row {row.Number} ('{row.UserId}') has the result of row {result.Row} ('{result.UserId}').");
            Count(result);
            if (canSucceed(row, result))
            {
                _findings.Require(
                    result.Status == "Succeeded" || (result.Status == "Unknown" && NobodyKnows(row.UserId)),
                    $"Row {row.Number} ('{row.UserId}') is good, and came to {result.Status} {result.ErrorId}.");
                continue;
            }

            // A delete whose first try had no answer finds the account gone, and cannot know that it never was there, not even
            // when its id is too long for one: the answer for it is the same.
            _findings.HopelessRows++;
            bool mayBeTakenForDone = result is { Status: "Succeeded", Attempts: > 1 } && row.UserId.Length > 0 && !after.ContainsKey(row.UserId);
            _findings.Require(result.Status is "Failed" or "Unknown" || mayBeTakenForDone, $"Row {row.Number} ('{row.UserId}') cannot succeed, and came to {result.Status}.");
        }
    }

    // Each batch that names an account needs an answer of its own; rows of one batch share theirs.
    private bool NobodyKnows(string userId) => _journal.Value.AnsweredCalls(userId) < _batches.Value[userId];

    private void Count(Result result)
    {
        _ = result.Status switch
        {
            "Succeeded" => _findings.Succeeded++,
            "Failed" => _findings.Failed++,
            "Unknown" => _findings.Unknown++,
            _ => _findings.Skipped++,
        };
        _findings.RepeatedRows += result.Attempts > 1 ? 1 : 0;
        _findings.MostAttempts = Math.Max(_findings.MostAttempts, result.Attempts);
    }

    // Each value of a doubtful account is what some row of it, or the state before, says.
    private void CheckDoubtful(HashSet<string> doubtful, Dictionary<string, string?[]> model)
    {
        foreach (IGrouping<string, InputRow> rows in input.Where(row => doubtful.Contains(row.UserId)).GroupBy(row => row.UserId, StringComparer.Ordinal))
        {
            string?[]? sure = model.GetValueOrDefault(rows.Key);
            if (!after.TryGetValue(rows.Key, out string?[]? values))
            {
                _findings.Require(sure is null, $"'{rows.Key}' is gone, though a row of it succeeded.");
                continue;
            }

            for (int i = 0; i < values.Length; i++)
            {
                _findings.Require(
                    values[i] == sure?[i] || rows.Any(row => row.Cells[i] == values[i]),
                    $"'{rows.Key}' holds {Input.Attributes[i]} = '{values[i]}', which no row of it says.");
            }
        }
    }

    private void CompareStates(Dictionary<string, string?[]> model, HashSet<string> doubtful)
    {
        foreach ((string userId, string?[] values) in model)
        {
            _findings.Require(
                doubtful.Contains(userId) || (after.TryGetValue(userId, out string?[]? real) && real.SequenceEqual(values, StringComparer.Ordinal)),
                $"'{userId}' should hold {string.Join('|', values)}, and holds {(after.TryGetValue(userId, out string?[]? held) ? string.Join('|', held) : "nothing: it does not exist")}.");
        }

        foreach (string userId in after.Keys)
        {
            _findings.Require(model.ContainsKey(userId) || doubtful.Contains(userId), $"'{userId}' exists, and should not.");
        }
    }

    private static void Overlay(Dictionary<string, string?[]> model, InputRow row)
    {
        if (!model.TryGetValue(row.UserId, out string?[]? values))
        {
            model.Add(row.UserId, values = new string?[row.Cells.Length]);
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = row.Cells[i].Length > 0 ? row.Cells[i] : values[i];
        }
    }
}
