using System.Text.Json;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator.Commands;

/// <summary>
/// <c>im_get_tag</c>, <c>im_add_tag</c>, <c>im_remove_tag</c>, <c>im_remove_all_tags</c> (pages 37172 to 37175) and, of the Push
/// service, <c>get_tag</c>, <c>add_tag</c>, <c>remove_tag</c>, <c>clear_all_tags</c> (pages 60567 to 60570, 67820 to 67823).
/// </summary>
internal static class TagCommands
{
    public static void Add(Call call)
    {
        List<Item> items = Read(call, isAddition: true);
        var plan = new TagPlan(call);
        PushWrites.Run(call, items, (item, errors) => CanAdd(call, plan, item, errors), item => call.State.Tags.Set(call.State.Add(item.Account), call.UsesOwnTags, Array.ConvertAll(plan.TagsOf(item.Account), call.State.Share)));
    }

    public static void Remove(Call call) => PushWrites.Run(call, Read(call, isAddition: false), (item, errors) => Exists(call, item.Account, errors), item =>
    {
        Account account = call.State.Find(item.Account)!;
        call.State.Tags.Set(account, call.UsesOwnTags, [.. account.TagsOf(call.UsesOwnTags).Except(item.Tags, StringComparer.Ordinal)]);
    });

    public static void Clear(Call call) => PushWrites.Run(
        call, PushAccounts.Read(call), (account, errors) => Exists(call, account, errors), account => call.State.Tags.Set(call.State.Find(account)!, call.UsesOwnTags, []));

    public static void Get(Call call) => PushReads.Run<List<string>>(call, "UserTags", account => account is null ? [] : [.. account.TagsOf(call.UsesOwnTags)], (json, tags) =>
    {
        call.Shuffle(tags);
        json.WriteStartArray("Tags"u8);
        tags.ForEach(json.WriteStringValue);
        json.WriteEndArray();
    });

    private static List<Item> Read(Call call, bool isAddition)
    {
        using var body = RequestBody.Open(call);
        var items = new List<Item>();
        var accounts = new AccountList(call, body);
        var members = new JsonElement[3];
        // Only the Push service replaces.
        string[] known = isAddition && call.Endpoint.Service == Service.TimPush ? ["To_Account", "Tags", "Replace"] : ["To_Account", "Tags"];
        foreach (JsonElement item in body.Items(body.Member(body.Root, "UserTags"), Limits.Accounts, Codes.TooManyAccounts))
        {
            body.Members(item, known, members.AsSpan(0, known.Length));
            string account = accounts.Read(members[0]);
            bool replaces = body.Flag(members[2], "Replace");
            int limit = replaces || (!isAddition && !call.Questions.RemovalTakesTenTags) ? Limits.TagsOfAccount : Limits.TagsInCall;
            items.Add(new Item(account, TagReader.Read(call, body, members[1], limit, call.Questions.EmptyTagCode, call.Questions.TagLengthCode), replaces));
        }

        return items;
    }

    private static bool Exists(Call call, string account, List<AccountError> errors)
    {
        if (PushAccounts.Exists(call, account))
        {
            return true;
        }

        PushAccounts.TellMissing(call, account, errors);
        return false;
    }

    private static bool CanAdd(Call call, TagPlan plan, Item item, List<AccountError> errors)
    {
        if (!PushAccounts.CanBeMade(call, item.Account) && !Exists(call, item.Account, errors))
        {
            return false;
        }

        (int code, bool isOfAccount) = plan.TryAdd(item.Account, item.Tags, item.Replaces);
        if (code == 0)
        {
            return true;
        }

        if (!isOfAccount || !PushAccounts.HasErrorList(call))
        {
            throw Call.Refuse(code);
        }

        errors.Add(new AccountError(item.Account, code));
        return false;
    }

    private sealed record Item(string Account, List<string> Tags, bool Replaces);
}
