namespace TencentChat.Storm;

/// <summary>
/// The books of tags. What no answer told may have happened or not: then an account holds what it surely has, and nothing
/// that none of its rows speaks of.
/// </summary>
internal sealed class TagBooks(List<InputRow> input, List<Result> results, Dictionary<string, HashSet<string>> before, Dictionary<string, HashSet<string>> after, Func<Journal> readJournal)
    : Books(input, results, readJournal)
{
    private const int MostTagsInCall = 10;

    private static readonly HashSet<string> s_none = [];

    private readonly Lazy<ILookup<string, (InputRow Row, Result Result)>> _rows = new(() => input.Zip(results).ToLookup(pair => pair.First.UserId, StringComparer.Ordinal));
    private Func<string, int> _callsFor = _ => 0;
    private bool _isReadFirst;

    /// <summary>Every account has what it had and the tags of its rows.</summary>
    public Findings CheckAdd()
    {
        _callsFor = CallsByTens;
        CheckRows((row, _) => row.IsGood);
        return CheckStates((had, sure, all) => [.. had, .. sure], (had, sure, all) => [.. had, .. all]);
    }

    /// <summary>Every account has what it had without the tags of its rows.</summary>
    public Findings CheckRemove()
    {
        _callsFor = CallsByTens;
        CheckRows((row, _) => row.IsGood && before.ContainsKey(row.UserId));
        return CheckStates((had, sure, all) => [.. had.Except(all)], (had, sure, all) => [.. had.Except(sure)]);
    }

    /// <summary>Every account has the tags of its rows, and no others.</summary>
    public Findings CheckSet()
    {
        _callsFor = CallsToSet;
        _isReadFirst = true;
        CheckRows((row, _) => row.IsGood && before.ContainsKey(row.UserId));

        // Each row of a user asks for the tags of all of them, so one that succeeded is enough.
        return CheckStates((had, sure, all) => sure.Count > 0 ? all : [.. had.Intersect(all)], (had, sure, all) => sure.Count > 0 ? all : [.. had, .. all]);
    }

    /// <summary>No account of the input has a tag.</summary>
    public Findings CheckClear()
    {
        _callsFor = BatchesOf;
        CheckRows((row, _) => before.ContainsKey(row.UserId));
        return CheckStates((had, sure, all) => [], (had, sure, all) => sure.Count > 0 ? [] : [.. had]);
    }

    // Where the tags were never read, nothing was changed, and that is known.
    protected override bool IsGoodEnd(InputRow row, Result result) =>
        base.IsGoodEnd(row, result) || (_isReadFirst && result.Status == "Failed" && Journal.AnsweredCalls(row.UserId) == 0);

    protected override bool NobodyKnows(string userId) => Journal.AnsweredChanges(userId) < _callsFor(userId);

    // Rows of one batch go together, by tens.
    private int CallsByTens(string userId) => _rows.Value[userId].GroupBy(pair => pair.Result.Batch)
        .Sum(batch => CallsFor(batch.SelectMany(pair => pair.Row.Cells).Distinct(StringComparer.Ordinal).Count()));

    // The Push service replaces the list; push to all users adds and removes.
    private int CallsToSet(string userId)
    {
        HashSet<string> had = before.GetValueOrDefault(userId, s_none);
        HashSet<string> wanted = [.. _rows.Value[userId].SelectMany(pair => pair.Row.Cells)];
        bool replaces = Journal.Calls.Any(call => call.Endpoint == "add_tag");
        return BatchesOf(userId) * (replaces ? 1 : CallsFor(wanted.Except(had).Count()) + CallsFor(had.Except(wanted).Count()));
    }

    private static int CallsFor(int tags) => (tags + MostTagsInCall - 1) / MostTagsInCall;

    // The least and the most that an account may hold, by what it had, the tags of its rows that succeeded, and those of all
    // its rows. Without an Unknown row the two are one.
    private Findings CheckStates(Bound least, Bound most)
    {
        Findings.Accounts = after.Count;
        var sure = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var all = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach ((InputRow row, Result result) in Pairs)
        {
            if (result.IsSuccess)
            {
                Add(sure, row);
            }

            if (result.IsSuccess || result.Status == "Unknown")
            {
                Add(all, row);
            }
        }

        foreach (string userId in before.Keys.Union(all.Keys, StringComparer.Ordinal))
        {
            HashSet<string> had = before.GetValueOrDefault(userId, s_none);
            HashSet<string> holds = after.GetValueOrDefault(userId, s_none);
            HashSet<string> sureTags = sure.GetValueOrDefault(userId, s_none);
            HashSet<string> allTags = all.GetValueOrDefault(userId, s_none);
            bool isNamed = all.ContainsKey(userId);
            HashSet<string> atLeast = isNamed ? least(had, sureTags, allTags) : had;
            HashSet<string> atMost = isNamed ? most(had, sureTags, allTags) : had;
            Findings.Require(
                holds.IsSupersetOf(atLeast) && holds.IsSubsetOf(atMost),
                $"'{userId}' should have at least {string.Join(';', atLeast)} and at most {string.Join(';', atMost)}, and has {string.Join(';', holds)}.");
            Findings.Require(after.ContainsKey(userId) || !(before.ContainsKey(userId) || sureTags.Count > 0), $"'{userId}' does not exist.");
        }

        foreach (string userId in after.Keys)
        {
            Findings.Require(before.ContainsKey(userId) || all.ContainsKey(userId), $"'{userId}' exists, and should not.");
        }

        return Findings;
    }

    private static void Add(Dictionary<string, HashSet<string>> tags, InputRow row)
    {
        if (!tags.TryGetValue(row.UserId, out HashSet<string>? ofUser))
        {
            tags.Add(row.UserId, ofUser = new HashSet<string>(StringComparer.Ordinal));
        }

        ofUser.UnionWith(row.Cells);
    }

    private delegate HashSet<string> Bound(HashSet<string> had, HashSet<string> sure, HashSet<string> all);
}
