using System.Runtime.CompilerServices;
using TencentChat.Errors;

namespace TencentChat.Protocol;

/// <summary>Finds what an answer says of an account. Answers come in any order, so only the name counts, ordinally.</summary>
internal sealed class ReplyIndex
{
    private static readonly ReplyIndex s_empty = new(0);

    private readonly Dictionary<string, ReplyItem> _items;

    private ReplyIndex(int capacity) => _items = new Dictionary<string, ReplyItem>(capacity, StringComparer.Ordinal);

    /// <summary>How many accounts the answer names as failed.</summary>
    public int Failures { get; private set; }

    /// <summary>The accounts that the answer names as failed.</summary>
    public IEnumerable<string> FailedUserIds => _items.Values.Where(item => item.IsFailure).Select(item => item.UserId);

    /// <exception cref="ChatProtocolException">The answer says two things of one account.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ReplyIndex Of(List<ReplyItem>? items, List<ReplyItem>? errors, List<string>? failAccounts)
    {
        int named = (items?.Count ?? 0) + (errors?.Count ?? 0) + (failAccounts?.Count ?? 0);
        if (named == 0)
        {
            return s_empty;
        }

        var index = new ReplyIndex(named);
        foreach (ReplyItem item in items ?? [])
        {
            if (!index._items.TryAdd(item.UserId, item) && !item.SaysTheSameAs(index._items[item.UserId]))
            {
                throw TwoThings();
            }
        }

        // An account that stands among both has failed.
        var told = new Dictionary<string, int>(errors?.Count ?? 0, StringComparer.Ordinal);
        foreach (ReplyItem item in errors ?? [])
        {
            if (!told.TryAdd(item.UserId, item.Code) && told[item.UserId] != item.Code)
            {
                throw TwoThings();
            }

            if (item.IsFailure || !index._items.ContainsKey(item.UserId))
            {
                index._items[item.UserId] = item;
            }
        }

        foreach (string userId in failAccounts ?? [])
        {
            index._items[userId] = new ReplyItem { UserId = userId, IsRefused = true };
        }

        index.Failures = index._items.Values.Count(item => item.IsFailure);
        return index;
    }

    public ReplyItem? Find(string userId) => _items.GetValueOrDefault(userId);

    private static ChatProtocolException TwoThings() => new("it says two things of one account");
}
