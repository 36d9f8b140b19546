using System.Text.Json;

namespace TencentChat.Emulator;

/// <summary><c>im_remove_attr</c> (page 37171) and <c>remove_attr</c> (pages 60566, 67819): names only, in an array.</summary>
internal static class RemoveAttributesCommand
{
    public static void Run(Call call)
    {
        var items = Read(call);
        var errors = new List<AccountError>();
        lock (call.State.Lock)
        {
            AttributeWrites.Run(call, items, item => IsWanted(call, item, errors), item => Write(call, item));
        }

        if (AttributeAccounts.HasErrorList(call))
        {
            call.Shuffle(errors);
            call.Answer = json => AttributeAccounts.WriteErrorList(call, json, errors);
        }
    }

    private static List<Item> Read(Call call)
    {
        using var body = RequestBody.Open(call);
        var items = new List<Item>();
        var accounts = new AccountList(call, body);
        var members = new JsonElement[2];
        foreach (var item in body.Items(body.Member(body.Root, "UserAttrs"), AttributeAccounts.MaxAccounts, AttributeAccounts.TooMany))
        {
            body.Members(item, ["To_Account", "Attrs"], members);
            var account = accounts.Read(members[0]);
            var names = new List<string>();
            foreach (var name in body.Items(members[1], AttributeTable.SlotCount, 90033))
            {
                names.Add(body.TryText(name) ?? throw call.BadBody("a name is not a string"));
            }

            items.Add(new Item(account, names));
        }

        return items;
    }

    private static bool IsWanted(Call call, Item item, List<AccountError> errors)
    {
        var table = call.State.TableOf(call.UsesOwnSlots);
        if (item.Names.Find(name => table.SlotOf(name) < 0) is { } unknown)
        {
            throw Call.Refuse(90033, $"attrName:{AttributeWrites.ForPeople(unknown)} does not exist");
        }

        if (AttributeAccounts.Exists(call, item.Account))
        {
            var values = call.State.Find(item.Account)!.ValuesOf(call.UsesOwnSlots);
            return !call.Questions.RemovingAbsentAttributeFails || item.Names.TrueForAll(name => values.ElementAtOrDefault(table.SlotOf(name)) is not null)
                ? true
                : throw Call.Refuse(90033, "the account does not have the attribute");
        }

        if (AttributeAccounts.HasErrorList(call))
        {
            errors.Add(new AccountError(item.Account, AttributeAccounts.Missing));
        }
        else
        {
            AttributeAccounts.RefuseMissing(call);
        }

        return false;
    }

    private static void Write(Call call, Item item)
    {
        var account = call.State.Find(item.Account)!;
        var table = call.State.TableOf(call.UsesOwnSlots);
        item.Names.ForEach(name => account.SetValue(call.UsesOwnSlots, table.SlotOf(name), null));
    }

    private sealed record Item(string Account, List<string> Names);
}
