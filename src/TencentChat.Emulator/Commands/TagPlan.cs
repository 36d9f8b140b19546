using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator.Commands;

/// <summary>
/// What the accounts of a call will have when it is done: its items are judged before the first is written, and each by what
/// those before it will have done. Under the state's lock.
/// </summary>
internal sealed class TagPlan(Call call)
{
    private readonly TagTable _table = call.State.Tags.Of(call.UsesOwnTags);
    private readonly Dictionary<string, string[]> _byAccount = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _newTags = new(StringComparer.Ordinal);

    /// <summary>The tags an account will have.</summary>
    public string[] TagsOf(string account) =>
        _byAccount.GetValueOrDefault(account) ?? call.State.Find(account)?.TagsOf(call.UsesOwnTags) ?? [];

    /// <summary>Plans an item. The code says why it cannot be done, 0 = it can; the reason lies in the account alone, or in the call.</summary>
    public (int Code, bool IsOfAccount) TryAdd(string account, List<string> tags, bool replaces)
    {
        int type = Account.IsRegistrationId(account) ? 1 : 0;
        if (tags.Exists(tag => (_table.TypeOf(tag) ?? _newTags.GetValueOrDefault(tag, type)) != type))
        {
            return (Codes.OtherAccountType, true);
        }

        string[] planned = replaces ? [.. tags] : [.. TagsOf(account).Union(tags, StringComparer.Ordinal)];
        if (planned.Length > Limits.TagsOfAccount)
        {
            return (call.Questions.TooManyTagsOfAccountCode, !call.Questions.AccountTagLimitFailsCall);
        }

        List<string> unknown = tags.FindAll(tag => _table.TypeOf(tag) is null && !_newTags.ContainsKey(tag));
        bool isLimited = call.Endpoint.Service == Service.TimPush || call.Questions.AppTagLimitHoldsInAllMemberPush;
        if (isLimited && _table.Count + _newTags.Count + unknown.Count > Limits.TagsOfApp)
        {
            return (call.Questions.TooManyTagsOfAppCode, false);
        }

        unknown.ForEach(tag => _newTags.Add(tag, type));
        _byAccount[account] = planned;
        return default;
    }
}
