using System.Diagnostics.CodeAnalysis;
using TencentChat.Bulk;
using TencentChat.Errors;

namespace TencentChat.Operations.Sync;

/// <summary>
/// The rows of a table, taken together: only all rows of a user say how the user is to be. So they are kept until the input
/// has ended, and each user is then read once. For one thread.
/// </summary>
/// <param name="isPlan">Whether the rows are those of a plan, which stand each for itself.</param>
/// <param name="app">The app, as differences name it.</param>
internal sealed class DesiredTable(bool isPlan, string? app)
{
    // In input order; a row that was taken is let go of.
    private readonly List<SyncResult?> _rows = [];

    // The last row of each user that is not bad, and the first one that is.
    private readonly Dictionary<string, SyncResult> _last = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SyncResult> _bad = new(StringComparer.Ordinal);
    private int _taken;

    /// <summary>Takes a row, in input order. One that comes settled is bad.</summary>
    public void Add(SyncResult row)
    {
        _rows.Add(row);
        if (!row.IsSettled)
        {
            row.Wish!.Earlier = _last.GetValueOrDefault(row.UserId);
            _last[row.UserId] = row;
        }
        else if (!isPlan)
        {
            _bad.TryAdd(row.UserId, row);
        }
    }

    /// <summary>The input has ended: gives the users to read, each where the first of its rows stands, and the bad rows in their places.</summary>
    public IEnumerable<DesiredUser> Complete()
    {
        FailRowsBesideBadOnes();
        for (int i = 0; i < _rows.Count; i++)
        {
            if (_rows[i] is { } row && ToRead(row) is { } user)
            {
                yield return user;
            }
        }
    }

    /// <summary>Takes the next row out, if it is decided what is sent for it.</summary>
    public bool TryTake([MaybeNullWhen(false)] out SyncResult row)
    {
        row = _taken < _rows.Count ? _rows[_taken] : null;
        if (row is null || (!row.IsSettled && row.Change is null))
        {
            return false;
        }

        _rows[_taken++] = null;

        // It leads to the user's earlier rows, and would keep them.
        row.Wish = null;
        return true;
    }

    // What a bad row says of its user is not known, and so it is not known how the user is to be. All its rows fail, so that they
    // can be run again together.
    private void FailRowsBesideBadOnes()
    {
        foreach (SyncResult? row in _bad.Count == 0 ? [] : _rows)
        {
            if (row is { IsSettled: false } && _bad.TryGetValue(row.UserId, out SyncResult? bad))
            {
                row.Fail(ClientErrors.OtherRowFailed, $"row {bad.Row}");
                _last.Remove(row.UserId);
            }
        }
    }

    private DesiredUser? ToRead(SyncResult row)
    {
        if (row.Status == ChatResultStatus.Failed)
        {
            var bad = new DesiredUser(row.Row, row.UserId, row.Source);
            bad.SettleLike(row);
            return bad;
        }

        if (row.Wish is not { Earlier: null } || !_last.Remove(row.UserId, out SyncResult? last))
        {
            return null;
        }

        var rows = new List<SyncResult>();
        for (SyncResult? next = last; next is not null; next = next.Wish!.Earlier)
        {
            rows.Add(next);
        }

        rows.Reverse();
        return new DesiredUser(row.Row, row.UserId, row.Source) { Rows = rows, App = app };
    }
}
