using System.Runtime.InteropServices;
using System.Text.Json;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator.Commands;

/// <summary><c>im_set_attr</c> (page 37170) and <c>set_attr</c> (pages 60565, 67818): each attribute named is set, all others stay.</summary>
internal static class SetAttributesCommand
{
    public static void Run(Call call)
    {
        var attributes = new List<Attribute>();
        List<Item> items = Read(call, attributes);
        PushWrites.Run(call, items, (item, errors) => IsWanted(call, item, attributes, errors), item => Write(call, item, attributes));
    }

    private static List<Item> Read(Call call, List<Attribute> attributes)
    {
        using var body = RequestBody.Open(call);
        var items = new List<Item>(Limits.Accounts);
        var accounts = new AccountList(call, body);
        var members = new JsonElement[2];
        foreach (JsonElement item in body.Items(body.Member(body.Root, "UserAttrs"), Limits.Accounts, Codes.TooManyAccounts))
        {
            body.Members(item, ["To_Account", "Attrs"], members);
            string account = accounts.Read(members[0]);
            int first = attributes.Count;
            foreach ((string name, JsonElement value) in body.FreeMembers(members[1]))
            {
                attributes.Add(new Attribute(name, body.TryText(value) ?? throw Call.Refuse(call.Questions.ValueNotStringCode), -1));
            }

            items.Add(attributes.Count > first ? new Item(account, first, attributes.Count - first) : throw call.BadBody("no attributes"));
        }

        return items;
    }

    private static bool IsWanted(Call call, Item item, List<Attribute> attributes, List<AccountError> errors)
    {
        bool isOfOtherType = FindSlots(call, item, CollectionsMarshal.AsSpan(attributes).Slice(item.First, item.Count));
        if (!PushAccounts.Exists(call, item.Account) && !PushAccounts.CanBeMade(call, item.Account))
        {
            PushAccounts.TellMissing(call, item.Account, errors);
            return false;
        }

        if (isOfOtherType)
        {
            errors.Add(new AccountError(item.Account, Codes.OtherAccountType));
        }

        return !isOfOtherType;
    }

    /// <summary>Finds the slot of each attribute, and tells whether one is for the other type of account.</summary>
    private static bool FindSlots(Call call, Item item, Span<Attribute> attributes)
    {
        AttributeTable table = call.State.TableOf(call.UsesOwnSlots);
        int accountType = Account.IsRegistrationId(item.Account) ? 1 : 0;
        bool isOfOtherType = false;
        foreach (ref Attribute attribute in attributes)
        {
            int slot = table.SlotOf(attribute.Name);
            if (slot < 0 || (table.TypeOf(slot) == 1 && call.Endpoint.Service == Service.AllMemberPush))
            {
                throw Call.Refuse(Codes.BadAttribute, $"attrName:{ErrorTexts.Quote(attribute.Name)} does not exist");
            }

            if (!Limits.IsText(attribute.Value))
            {
                throw Call.Refuse(call.Questions.ValueLengthCode);
            }

            isOfOtherType |= table.TypeOf(slot) != accountType;
            attribute = attribute with { Slot = slot };
        }

        return isOfOtherType;
    }

    private static void Write(Call call, Item item, List<Attribute> attributes)
    {
        Account account = call.State.Add(item.Account);
        Span<Attribute> written = CollectionsMarshal.AsSpan(attributes).Slice(item.First, item.Count);
        int highest = 0;
        foreach (ref readonly Attribute attribute in written)
        {
            highest = Math.Max(highest, attribute.Slot);
        }

        account.MakeRoom(call.UsesOwnSlots, highest);
        foreach (ref readonly Attribute attribute in written)
        {
            account.SetValue(call.UsesOwnSlots, attribute.Slot, call.State.Share(attribute.Value));
        }
    }

    /// <summary>One account of the call; its attributes lie together in the list of all.</summary>
    private readonly record struct Item(string Account, int First, int Count);

    private readonly record struct Attribute(string Name, string Value, int Slot);
}
