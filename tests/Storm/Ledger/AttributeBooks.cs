namespace TencentChat.Storm;

/// <summary>The books of attributes and accounts: the emulator's state against input and results.</summary>
internal sealed class AttributeBooks(List<InputRow> input, List<Result> results, Dictionary<string, string?[]> before, Dictionary<string, string?[]> after, Func<Journal> readJournal)
    : Books(input, results, readJournal)
{
    /// <summary>Good rows succeeded, and every account holds what its rows say in their order; nothing else has changed.</summary>
    public Findings CheckSet()
    {
        CheckRows((row, _) => row.IsGood);
        var model = before.ToDictionary(account => account.Key, account => (string?[])account.Value.Clone(), StringComparer.Ordinal);
        var doubtful = new HashSet<string>(StringComparer.Ordinal);
        foreach ((InputRow row, Result result) in Pairs)
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
        return Findings;
    }

    /// <summary>Every account that exists was read, with what it holds; and reading changed nothing.</summary>
    public Findings CheckGet()
    {
        CheckRows((row, _) => before.ContainsKey(row.UserId));
        foreach (Result result in Results.Where(result => result.Status == "Succeeded"))
        {
            Findings.Require(
                before.TryGetValue(result.UserId, out string?[]? values) && values.Select(value => value ?? string.Empty).SequenceEqual(result.Cells, StringComparer.Ordinal),
                $"Row {result.Row}: read {string.Join('|', result.Cells)}, which '{result.UserId}' does not hold.");
        }

        CompareStates(before, []);
        return Findings;
    }

    /// <summary>Every account of the input is gone, and every row that could delete one succeeded.</summary>
    public Findings CheckDelete()
    {
        // A second row for an account finds it gone, unless both travelled together.
        var deletedIn = new HashSet<string>(StringComparer.Ordinal);
        CheckRows((row, result) => before.ContainsKey(row.UserId) && (deletedIn.Add(row.UserId) || result.Status == "Succeeded"));
        var doubtful = Results.Where(result => result.Status == "Unknown").Select(result => result.UserId).ToHashSet(StringComparer.Ordinal);
        var named = Input.Select(row => row.UserId).ToHashSet(StringComparer.Ordinal);
        CompareStates(before.Where(account => !named.Contains(account.Key)).ToDictionary(StringComparer.Ordinal), doubtful);
        return Findings;
    }

    // A delete whose first try had no answer finds the account gone, and cannot know that it never was there, not even
    // when its id is too long for one: the answer for it is the same.
    protected override bool MayBeTakenForDone(InputRow row, Result result) =>
        result is { Status: "Succeeded", Attempts: > 1 } && row.UserId.Length > 0 && !after.ContainsKey(row.UserId);

    // Each value of a doubtful account is what some row of it, or the state before, says.
    private void CheckDoubtful(HashSet<string> doubtful, Dictionary<string, string?[]> model)
    {
        foreach (IGrouping<string, InputRow> rows in Input.Where(row => doubtful.Contains(row.UserId)).GroupBy(row => row.UserId, StringComparer.Ordinal))
        {
            string?[]? sure = model.GetValueOrDefault(rows.Key);
            if (!after.TryGetValue(rows.Key, out string?[]? values))
            {
                Findings.Require(sure is null, $"'{rows.Key}' is gone, though a row of it succeeded.");
                continue;
            }

            for (int i = 0; i < values.Length; i++)
            {
                Findings.Require(
                    values[i] == sure?[i] || rows.Any(row => row.Cells[i] == values[i]),
                    $"'{rows.Key}' holds {Table.Attributes[i]} = '{values[i]}', which no row of it says.");
            }
        }
    }

    private void CompareStates(Dictionary<string, string?[]> model, HashSet<string> doubtful)
    {
        Findings.Accounts = after.Count;
        foreach ((string userId, string?[] values) in model)
        {
            Findings.Require(
                doubtful.Contains(userId) || (after.TryGetValue(userId, out string?[]? real) && real.SequenceEqual(values, StringComparer.Ordinal)),
                $"'{userId}' should hold {string.Join('|', values)}, and holds {(after.TryGetValue(userId, out string?[]? held) ? string.Join('|', held) : "nothing: it does not exist")}.");
        }

        foreach (string userId in after.Keys)
        {
            Findings.Require(model.ContainsKey(userId) || doubtful.Contains(userId), $"'{userId}' exists, and should not.");
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
