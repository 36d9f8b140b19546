using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace TencentChat.Emulator;

/// <summary><c>im_set_attr</c> (page 37170) and <c>set_attr</c> (pages 60565, 67818): each attribute named is set, all others stay.</summary>
internal static class SetAttributesCommand
{
    private const int MaxValueBytes = 50;

    public static void Run(Call call)
    {
        var attributes = new List<Attribute>();
        var items = Read(call, attributes);
        var errors = new List<AccountError>();
        lock (call.State.Lock)
        {
            AttributeWrites.Run(call, items, item => IsWanted(call, item, attributes, errors), item => Write(call, item, attributes));
        }

        if (AttributeAccounts.HasErrorList(call))
        {
            call.Shuffle(errors);
            call.Answer = json => AttributeAccounts.WriteErrorList(call, json, errors);
        }
    }

    private static List<Item> Read(Call call, List<Attribute> attributes)
    {
        using var body = RequestBody.Open(call);
        var items = new List<Item>(AttributeAccounts.MaxAccounts);
        var accounts = new AccountList(call, body);
        var members = new JsonElement[2];
        foreach (var item in body.Items(body.Member(body.Root, "UserAttrs"), AttributeAccounts.MaxAccounts, AttributeAccounts.TooMany))
        {
            body.Members(item, ["To_Account", "Attrs"], members);
            var account = accounts.Read(members[0]);
            var first = attributes.Count;
            foreach (var (name, value) in body.FreeMembers(members[1]))
            {
                attributes.Add(new Attribute(name, body.TryText(value) ?? throw Call.Refuse(call.Questions.ValueNotStringCode), -1));
            }

            items.Add(attributes.Count > first ? new Item(account, first, attributes.Count - first) : throw call.BadBody("no attributes"));
        }

        return items;
    }

    private static bool IsWanted(Call call, Item item, List<Attribute> attributes, List<AccountError> errors)
    {
        var isOfOtherType = FindSlots(call, item, CollectionsMarshal.AsSpan(attributes).Slice(item.First, item.Count));
        if (!AttributeAccounts.Exists(call, item.Account) && !AttributeAccounts.CanBeMade(call, item.Account))
        {
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

        if (isOfOtherType)
        {
            errors.Add(new AccountError(item.Account, 90035));
        }

        return !isOfOtherType;
    }

    /// <summary>Finds the slot of each attribute, and tells whether one is for the other type of account.</summary>
    private static bool FindSlots(Call call, Item item, Span<Attribute> attributes)
    {
        var table = call.State.TableOf(call.UsesOwnSlots);
        var accountType = Account.IsRegistrationId(item.Account) ? 1 : 0;
        var isOfOtherType = false;
        foreach (ref var attribute in attributes)
        {
            var slot = table.SlotOf(attribute.Name);
            if (slot < 0 || (table.TypeOf(slot) == 1 && call.Endpoint.Service == Service.AllMemberPush))
            {
                throw Call.Refuse(90033, $"attrName:{AttributeWrites.ForPeople(attribute.Name)} does not exist");
            }

            if (attribute.Value.Length is 0 or > MaxValueBytes || Encoding.UTF8.GetByteCount(attribute.Value) > MaxValueBytes)
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
        var account = call.State.Add(item.Account);
        var written = CollectionsMarshal.AsSpan(attributes).Slice(item.First, item.Count);
        var highest = 0;
        foreach (ref readonly var attribute in written)
        {
            highest = Math.Max(highest, attribute.Slot);
        }

        account.MakeRoom(call.UsesOwnSlots, highest);
        foreach (ref readonly var attribute in written)
        {
            account.SetValue(call.UsesOwnSlots, attribute.Slot, call.State.Share(attribute.Value));
        }
    }

    /// <summary>One account of the call; its attributes lie together in the list of all.</summary>
    private readonly record struct Item(string Account, int First, int Count);

    private readonly record struct Attribute(string Name, string Value, int Slot);
}
