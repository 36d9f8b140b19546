using TencentChat.Api;

namespace TencentChat.Bulk;

/// <summary>Finds what an answer says of an account. Answers come in any order, so only the name counts, ordinally.</summary>
internal readonly struct ReplyIndex
{
    private readonly Dictionary<string, ReplyItem>? _items;

    public ReplyIndex(ChatReply reply)
    {
        if (reply.Items.Count + reply.Errors.Count == 0)
        {
            return;
        }

        _items = new Dictionary<string, ReplyItem>(reply.Items.Count + reply.Errors.Count, StringComparer.Ordinal);
        foreach (ReplyItem item in reply.Items)
        {
            _items[item.UserId] = item;
        }

        // An account that stands in both has failed.
        foreach (ReplyItem item in reply.Errors)
        {
            _items[item.UserId] = item;
        }
    }

    public ReplyItem? Find(string userId) => _items?.GetValueOrDefault(userId);
}
