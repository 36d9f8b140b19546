using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Protocol;

namespace TencentChat.Operations.Tags;

/// <summary>
/// One call that adds or removes tags, at most ten a user (page 37173). What is more goes in further calls, one after the
/// other, so a call has a number.
/// </summary>
internal abstract class TagCall<TRow>(ChatEndpoint endpoint, int number) : AccountCall<TRow>
    where TRow : ChatResult, IBulkRow<TRow>
{
    private const int MostTags = 10;

    public override ChatEndpoint Endpoint => endpoint;

    /// <summary>Whether a user with so many tags has any left for the call of this number, from 0.</summary>
    public static bool IsNeeded(int tags, int number) => tags > number * MostTags;

    /// <summary>Whether the row has any tag for this call.</summary>
    public bool IsFor(TRow row) => IsNeeded(TagsOf(row).Length, number);

    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork<TRow>> accounts)
    {
        var users = new TagChange[accounts.Count];
        for (int i = 0; i < users.Length; i++)
        {
            string[] tags = TagsOf(accounts[i].Request);
            int start = number * MostTags;
            users[i] = new TagChange(accounts[i].UserId, new ArraySegment<string>(tags, start, Math.Min(MostTags, tags.Length - start)));
        }

        RequestBodies.Tags(writer, users);
    }

    public override void OnDone(AccountWork<TRow> account)
    {
        int tags = TagsOf(account.Request).Length;
        if (IsNeeded(tags, number + 1))
        {
            account.DoneSoFar = $"{(number + 1) * MostTags} of {tags} tags were sent";
        }
        else
        {
            OnLast(account);
        }
    }

    /// <summary>All tags of the account that this kind of call is for.</summary>
    protected abstract string[] TagsOf(TRow row);

    /// <summary>The account has no tag left for further calls of this kind.</summary>
    protected virtual void OnLast(AccountWork<TRow> account) => account.Succeed();
}
