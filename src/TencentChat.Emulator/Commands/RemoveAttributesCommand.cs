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
            AttributeWrites.Run(call, items, item => Prepare(call, item, errors));
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

    private static Action? Prepare(Call call, Item item, List<AccountError> errors)
    {
        var table = call.State.TableOf(call.UsesOwnSlots);
        var slots = new int[item.Names.Count];
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = table.SlotOf(item.Names[i]);
            if (slots[i] < 0)
            {
                throw Call.Refuse(90033, $"attrName:{AttributeWrites.ForPeople(item.Names[i])} does not exist");
            }
        }

        if (!AttributeAccounts.Exists(call, item.Account))
        {
            if (AttributeAccounts.HasErrorList(call))
            {
                errors.Add(new AccountError(item.Account, AttributeAccounts.Missing));
            }
            else
            {
                AttributeAccounts.RefuseMissing(call);
            }

            return null;
        }

        var account = call.State.Find(item.Account)!;
        var values = account.ValuesOf(call.UsesOwnSlots);
        if (call.Questions.RemovingAbsentAttributeFails && Array.Exists(slots, slot => slot >= values.Length || values[slot] is null))
        {
            throw Call.Refuse(90033);
        }

        return () => Array.ForEach(slots, slot => account.SetValue(call.UsesOwnSlots, slot, null));
    }

    private sealed record Item(string Account, List<string> Names);
}
