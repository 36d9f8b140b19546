using System.Text;
using System.Text.Json;

namespace TencentChat.Emulator;

/// <summary><c>im_set_attr</c> (page 37170) and <c>set_attr</c> (pages 60565, 67818): each attribute named is set, all others stay.</summary>
internal static class SetAttributesCommand
{
    private const int MaxValueBytes = 50;

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
            var attributes = new List<(string, string)>();
            foreach (var (name, value) in body.FreeMembers(members[1]))
            {
                attributes.Add((name, body.TryText(value) ?? throw Call.Refuse(call.Questions.ValueNotStringCode)));
            }

            items.Add(attributes.Count > 0 ? new Item(account, attributes) : throw call.BadBody("no attributes"));
        }

        return items;
    }

    private static Action? Prepare(Call call, Item item, List<AccountError> errors)
    {
        var table = call.State.TableOf(call.UsesOwnSlots);
        var writes = new (int Slot, string Value)[item.Attributes.Count];
        var accountType = Account.IsRegistrationId(item.Account) ? 1 : 0;
        var isOfOtherType = false;
        for (var i = 0; i < writes.Length; i++)
        {
            var (name, value) = item.Attributes[i];
            var slot = table.SlotOf(name);
            if (slot < 0 || (table.TypeOf(slot) == 1 && call.Endpoint.Service == Service.AllMemberPush))
            {
                throw Call.Refuse(90033, $"attrName:{AttributeWrites.ForPeople(name)} does not exist");
            }

            if (value.Length is 0 or > MaxValueBytes || Encoding.UTF8.GetByteCount(value) > MaxValueBytes)
            {
                throw Call.Refuse(call.Questions.ValueLengthCode);
            }

            isOfOtherType |= table.TypeOf(slot) != accountType;
            writes[i] = (slot, value);
        }

        if (!AttributeAccounts.Exists(call, item.Account) && !AttributeAccounts.CanBeMade(call, item.Account))
        {
            if (!AttributeAccounts.HasErrorList(call))
            {
                AttributeAccounts.RefuseMissing(call);
                return null;
            }

            errors.Add(new AccountError(item.Account, AttributeAccounts.Missing));
            return null;
        }

        if (isOfOtherType)
        {
            errors.Add(new AccountError(item.Account, 90035));
            return null;
        }

        return () =>
        {
            var account = call.State.Add(item.Account);
            foreach (var (slot, value) in writes)
            {
                account.SetValue(call.UsesOwnSlots, slot, call.State.Share(value));
            }
        };
    }

    private sealed record Item(string Account, List<(string Name, string Value)> Attributes);
}
