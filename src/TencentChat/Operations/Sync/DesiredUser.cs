using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Attributes;

namespace TencentChat.Operations.Sync;

/// <summary>A user that rows of a table are about: how the user is, as far as that was read, and what the rows make of it.</summary>
/// <param name="number">The number of the first of the rows.</param>
/// <param name="userId">The user.</param>
/// <param name="source">That row as it came.</param>
internal sealed class DesiredUser(long number, string userId, object? source) : UserAttributesResult(number, userId, source), IBulkRow<DesiredUser>
{
    /// <summary>The rows that name the user, in input order.</summary>
    internal IReadOnlyList<SyncResult> Rows { get; init; } = [];

    /// <summary>The app, as differences name it.</summary>
    internal string? App { get; init; }

    /// <summary>What is to be changed, row by row; nothing of a row that has its result already, as one of an outdated plan has.</summary>
    internal AttributeDifferences Differences => new([.. Rows.Where(row => !row.IsSettled).SelectMany(row => row.Changes)]);

    public DesiredUser MergeWith(DesiredUser later) => later;

    /// <summary>
    /// Tells each row what it is to change. The rows are laid over each other, and the last one that says something of an
    /// attribute has the last word on it (P3). Values are compared character by character, as they are sent: no case is folded
    /// and no Unicode normalised.
    /// </summary>
    internal void Compare()
    {
        if (Rows is [{ Wish.Planned: not null }, ..])
        {
            ComparePlan();
        }
        else
        {
            CompareTable();
        }
    }

    private void CompareTable()
    {
        var lastWord = new Dictionary<string, (SyncResult Row, string? Value)>(StringComparer.Ordinal);
        foreach (SyncResult row in Rows)
        {
            foreach ((string name, string? value) in WishesOf(row))
            {
                lastWord[name] = (row, value);
            }
        }

        // An attribute that one of the rows has a column for is nobody's leftover.
        SyncResult last = Rows[^1];
        foreach (string name in Rows.Select(row => row.Wish!.Pruned).Aggregate((one, other) => ReferenceEquals(one, other) ? one : [.. one.Intersect(other, StringComparer.Ordinal)]))
        {
            lastWord[name] = (last, null);
        }

        foreach (SyncResult row in Rows)
        {
            var changes = new AttributeDifferences([.. lastWord.Where(word => word.Value.Row == row).Select(word => Compare(word.Key, word.Value.Value)).OfType<AttributeDifference>()]);
            SyncResult? winner = WishesOf(row).Select(wish => lastWord[wish.Name].Value == wish.Value ? null : lastWord[wish.Name].Row).FirstOrDefault(other => other is not null);
            row.Compared(changes, winner);
        }
    }

    // The rows of a plan stand each for itself: each has a user's attribute of its own.
    private void ComparePlan()
    {
        foreach (SyncResult row in Rows)
        {
            AttributeDifference planned = row.Wish!.Planned!;
            string? current = Current(planned.Name);
            bool isDone = current == planned.Desired;
            row.Compared(isDone ? AttributeDifferences.None : new AttributeDifferences([planned]), null);
            if (isDone)
            {
                row.Settle(ChatResultStatus.Unchanged);
            }
            else if (!IsSame(current, planned.Current))
            {
                row.Fail(ClientErrors.PlanOutdated, $"'{planned.Name}' is {Text(current)}, the plan says {Text(planned.Current)}");
            }
        }
    }

    private AttributeDifference? Compare(string name, string? desired)
    {
        string? current = Current(name);
        return current == desired ? null : new AttributeDifference(UserId, name, current, desired, desired is null ? AttributeAction.Remove : AttributeAction.Set) { App = App };
    }

    private static IEnumerable<(string Name, string? Value)> WishesOf(SyncResult row)
    {
        RowWish wish = row.Wish!;
        for (int i = 0; i < wish.Names.Length; i++)
        {
            if (wish.Values[i] is { } value)
            {
                yield return (wish.Names[i], value.Length == 0 ? null : value);
            }
        }
    }

    // The last one counts if the service names an attribute twice.
    private string? Current(string name)
    {
        for (int i = Attributes.Count - 1; i >= 0; i--)
        {
            if (Attributes[i].Key == name)
            {
                return Attributes[i].Value;
            }
        }

        return null;
    }

    // A file has no null: an empty cell stands for it.
    private static bool IsSame(string? one, string? other) => (one ?? string.Empty) == (other ?? string.Empty);

    private static string Text(string? value) => string.IsNullOrEmpty(value) ? "not there" : $"'{value}'";
}
