using System.Text.Json;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator.Commands;

/// <summary><c>im_remove_attr</c> (page 37171) and <c>remove_attr</c> (pages 60566, 67819): names only, in an array.</summary>
internal static class RemoveAttributesCommand
{
    public static void Run(Call call)
    {
        List<Item> items = Read(call);
        PushWrites.Run(call, items, (item, errors) => IsWanted(call, item, errors), item => Write(call, item));
    }

    private static List<Item> Read(Call call)
    {
        using var body = RequestBody.Open(call);
        var items = new List<Item>();
        var accounts = new AccountList(call, body);
        var members = new JsonElement[2];
        foreach (JsonElement item in body.Items(body.Member(body.Root, "UserAttrs"), Limits.Accounts, Codes.TooManyAccounts))
        {
            body.Members(item, ["To_Account", "Attrs"], members);
            string account = accounts.Read(members[0]);
            var names = new List<string>();
            foreach (JsonElement name in body.Items(members[1], Limits.Slots, Codes.BadAttribute))
            {
                names.Add(body.TryText(name) ?? throw call.BadBody("a name is not a string"));
            }

            items.Add(new Item(account, names));
        }

        return items;
    }

    private static bool IsWanted(Call call, Item item, List<AccountError> errors)
    {
        AttributeTable table = call.State.TableOf(call.UsesOwnSlots);
        if (item.Names.Find(name => table.SlotOf(name) < 0) is { } unknown)
        {
            throw Call.Refuse(Codes.BadAttribute, $"attrName:{ErrorTexts.Quote(unknown)} does not exist");
        }

        if (PushAccounts.Exists(call, item.Account))
        {
            string?[] values = call.State.Find(item.Account)!.ValuesOf(call.UsesOwnSlots);
            return !call.Questions.RemovingAbsentAttributeFails || item.Names.TrueForAll(name => values.ElementAtOrDefault(table.SlotOf(name)) is not null)
                ? true
                : throw Call.Refuse(Codes.BadAttribute, "the account does not have the attribute");
        }

        PushAccounts.TellMissing(call, item.Account, errors);
        return false;
    }

    private static void Write(Call call, Item item)
    {
        Account account = call.State.Find(item.Account)!;
        AttributeTable table = call.State.TableOf(call.UsesOwnSlots);
        item.Names.ForEach(name => account.SetValue(call.UsesOwnSlots, table.SlotOf(name), null));
    }

    private sealed record Item(string Account, List<string> Names);
}
