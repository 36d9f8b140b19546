using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Attributes;

namespace TencentChat.Operations.Sync;

/// <summary>Makes the rows of a table, or of a plan.</summary>
/// <param name="rules">How rows are understood.</param>
/// <param name="pack">Finds a form to keep a row in until the table has ended; null to keep it as it came.</param>
internal sealed class DesiredRows(TableRules rules, Func<object?, object?>? pack = null) : IAttributeRows<SyncResult>
{
    private readonly HashSet<(string UserId, string Name)> _planned = [];
    private (string[] Names, IReadOnlyList<string> Columns)? _shape;
    private string[] _pruned = [];

    /// <summary>The app's attribute names, for <see cref="TableRules.Prunes"/>.</summary>
    public IReadOnlyList<string> AppNames { get; set; } = [];

    public bool IsAboutAllColumns => rules.Prunes;

    public SyncResult NewRow(long number, string userId, object? source, string[] names, string?[] values, IReadOnlyList<string> columns)
    {
        if (!rules.ClearsEmpty)
        {
            RowRules.LeaveEmptyAlone(values);
        }

        SyncResult row = Checked(number, userId, source, new RowWish { Names = names, Values = values, Pruned = rules.Prunes ? FindPruned(names, columns) : [] });
        if (!row.IsSettled && RowRules.CheckValues(names, values, out string? where) is { } error)
        {
            row.Fail(error, where);
        }
        else if (!row.IsSettled && !rules.AllowsEmptyRows && (IsEmpty(values) || (names.Length == 0 && row.Wish!.Pruned.Length > 0)))
        {
            row.Fail(ClientErrors.EmptyRow);
        }

        return row;
    }

    /// <param name="number">The row's number in the input, from 1.</param>
    /// <param name="userId">The user.</param>
    /// <param name="source">The row as it came.</param>
    /// <param name="planned">What the row of the plan says; null when it is none.</param>
    public SyncResult NewPlanRow(long number, string userId, object? source, AttributeDifference? planned)
    {
        SyncResult row = Checked(number, userId, source, new RowWish { Planned = planned });
        if (!row.IsSettled && planned is null)
        {
            row.Fail(ClientErrors.InvalidPlan);
        }
        else if (!row.IsSettled && !_planned.Add((userId, planned!.Name)))
        {
            row.Fail(ClientErrors.InvalidPlan, $"an earlier row is about '{planned.Name}' of this user");
        }

        return row;
    }

    /// <summary>A row of a run that ended before its rows could be understood.</summary>
    /// <param name="number">Its number in the input, from 1.</param>
    /// <param name="userId">The user.</param>
    /// <param name="source">The input object.</param>
    public SyncResult NewUnreadRow(long number, string userId, object? source) => Checked(number, userId, source, new RowWish());

    public SyncResult NewFailedRow(long number, string userId, object? source, ChatError error, string message)
    {
        SyncResult row = Create(number, userId, source, null);
        row.Settle(ChatResultStatus.Failed, 0, message, error);
        return row;
    }

    private SyncResult Checked(long number, string userId, object? source, RowWish wish)
    {
        SyncResult row = Create(number, userId, source, wish);
        if (RowRules.CheckUserId(userId) is { } error)
        {
            row.Fail(error);
        }

        return row;
    }

    private SyncResult Create(long number, string userId, object? source, RowWish? wish) => new(number, userId, pack is null ? source : pack(source)) { Wish = wish };

    // A column whose values are not used is still one: its attribute is nobody's leftover.
    private string[] FindPruned(string[] names, IReadOnlyList<string> columns)
    {
        if (_shape is not { } known || known.Names != names || known.Columns != columns)
        {
            _shape = (names, columns);
            _pruned = [.. AppNames.Except(names, StringComparer.Ordinal).Except(columns, StringComparer.OrdinalIgnoreCase)];
        }

        return _pruned;
    }

    // What says nothing is not empty: without removals there is none.
    private static bool IsEmpty(string?[] values) => Array.Exists(values, value => value is not null) && Array.TrueForAll(values, string.IsNullOrEmpty);
}
