using TencentChat.Protocol;

namespace TencentChat.Bulk;

/// <summary>Finds what an answer says of an account. Answers come in any order, so only the name counts, ordinally.</summary>
internal readonly struct ReplyIndex
{
    private readonly Dictionary<string, ReplyItem>? _items;

    public ReplyIndex(ChatReply reply)
    {
        int named = reply.Items.Count + reply.Errors.Count + reply.FailAccounts.Count;
        if (named == 0)
        {
            return;
        }

        _items = new Dictionary<string, ReplyItem>(named, StringComparer.Ordinal);
        foreach (ReplyItem item in reply.Items)
        {
            _items[item.UserId] = item;
        }

        // An account that stands in both has failed.
        foreach (ReplyItem item in reply.Errors)
        {
            _items[item.UserId] = item;
        }

        foreach (string userId in reply.FailAccounts)
        {
            _items[userId] = new ReplyItem { UserId = userId, IsRefused = true };
        }
    }

    public ReplyItem? Find(string userId) => _items?.GetValueOrDefault(userId);
}
