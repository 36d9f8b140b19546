using System.Runtime.InteropServices;
using TencentChat.Bulk;
using TencentChat.Errors;

namespace TencentChat.Operations.Tags;

/// <summary>
/// All rows of a table that says which tags users should have. It is read to its end before anything is changed: what a user
/// should not have can only be told when every row of the user is known.
/// </summary>
internal sealed class TagTable
{
    private readonly List<(TagRow Row, User? User)> _rows = [];
    private readonly Dictionary<string, User> _users = new(StringComparer.Ordinal);
    private readonly List<User> _order = [];
    private readonly Dictionary<string, long> _badRows = new(StringComparer.Ordinal);
    private int _next;

    /// <summary>The users, in the order in which they first come.</summary>
    public IEnumerable<string> UserIds => _order.Select(user => user.UserId);

    /// <summary>Takes a row.</summary>
    public void Add(TagRow row)
    {
        User? user = null;
        if (!row.IsSettled)
        {
            ref User? known = ref CollectionsMarshal.GetValueRefOrAddDefault(_users, row.UserId, out bool exists);
            if (!exists)
            {
                _order.Add(known = new User(row.UserId));
            }

            user = known!;
            user.Desired.UnionWith(row.Tags);
        }
        else if (row.Status == ChatResultStatus.Failed)
        {
            _badRows.TryAdd(row.UserId, row.Row);
        }

        _rows.Add((row, user));
    }

    /// <summary>Takes what was read of a user.</summary>
    public void TakeReading(UserTagsResult read) => _users[read.UserId].Reading = read;

    /// <summary>The next rows, in input order, as far as their users have been read.</summary>
    /// <param name="ask">Asks whether a user's tags may be changed as the row says; asked once for a user.</param>
    /// <param name="notSent">What a row's result says that was not to be sent.</param>
    public IEnumerable<SetTagsResult> TakeReady(Func<SetTagsResult, bool> ask, string notSent)
    {
        while (_next < _rows.Count && _rows[_next].User is null or { Reading: not null })
        {
            (TagRow row, User? user) = _rows[_next++];
            if (user is null)
            {
                var settled = new SetTagsResult(row.Row, row.UserId, row.InputObject);
                settled.SettleLike(row);
                yield return settled;
                continue;
            }

            SetTagsResult planned = user.Plan(row);
            if (!planned.IsSettled && _badRows.TryGetValue(row.UserId, out long badRow))
            {
                // What the bad row meant to keep would be removed.
                planned.Settle(ChatResultStatus.Skipped, 0, $"Not sent: row {badRow} of the same user is wrong, so the user's whole list of tags is not known.", ClientErrors.OtherRowFailed);
            }
            else if (!planned.IsSettled && !(user.IsAllowed ??= ask(planned)))
            {
                planned.Settle(ChatResultStatus.Skipped, 0, notSent);
            }

            yield return planned;
        }
    }

    private sealed class User(string userId)
    {
        public string UserId => userId;

        public HashSet<string> Desired { get; } = new(StringComparer.Ordinal);

        public UserTagsResult? Reading { get; set; }

        public bool? IsAllowed { get; set; }

        public SetTagsResult Plan(TagRow row)
        {
            UserTagsResult read = Reading!;
            string[] desired = [.. Desired];
            string[] add = [.. desired.Except(read.Tags, StringComparer.Ordinal)];
            string[] remove = [.. read.Tags.Except(desired, StringComparer.Ordinal)];
            bool isRead = read.Status == ChatResultStatus.Succeeded;
            var result = new SetTagsResult(row.Row, row.UserId, row.InputObject)
            {
                Desired = desired,
                ToAdd = add,
                ToRemove = remove,
                Added = new TagList(isRead ? add : []),
                Removed = new TagList(isRead ? remove : []),
            };
            if (read.Status == ChatResultStatus.Unknown)
            {
                // A reading without an answer changed nothing.
                result.Settle(ChatResultStatus.Failed, read.Attempts, $"{read.Message} The user's tags could not be read, so nothing was changed.", read.Error);
            }
            else if (!isRead)
            {
                result.SettleLike(read);
            }
            else if (TagRules.Check(desired, out string? where) is { } error)
            {
                result.Fail(error, where);
            }
            else if (add.Length + remove.Length == 0)
            {
                result.Settle(ChatResultStatus.Unchanged);
            }

            return result;
        }
    }
}
