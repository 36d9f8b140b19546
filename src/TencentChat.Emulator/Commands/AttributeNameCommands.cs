using System.Globalization;
using System.Text.Json;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator.Commands;

/// <summary>
/// <c>im_set_attr_name</c>, <c>im_get_attr_name</c> (pages 37167, 37168) and, with types, <c>set_attr_name</c>,
/// <c>get_attr_name</c> (pages 60563, 60562, 67816, 67815).
/// </summary>
internal static class AttributeNameCommands
{
    public static void Set(Call call)
    {
        (Dictionary<int, string> names, Dictionary<int, int> types) = Read(call);
        lock (call.State.Lock)
        {
            AttributeTable table = call.State.TableOf(call.UsesOwnSlots);
            Check(call, table, names, types);
            Write(call, table, names, types);
        }

        call.WorkDone = true;
    }

    public static void Get(Call call)
    {
        using (var body = RequestBody.Open(call))
        {
            body.Members(body.Root, [], []);
        }

        var slots = new List<(int Slot, string Name, int Type)>();
        lock (call.State.Lock)
        {
            AttributeTable table = call.State.TableOf(call.UsesOwnSlots);
            slots.AddRange(table.Slots.Select(slot => (slot, table.NameOf(slot)!, table.TypeOf(slot))));
        }

        call.WorkDone = true;
        call.Shuffle(slots);
        call.Answer = json =>
        {
            json.WriteStartObject("AttrNames"u8);
            slots.ForEach(slot => json.WriteString(KeyOf(slot.Slot), slot.Name));
            json.WriteEndObject();
            if (call.Endpoint.Service == Service.TimPush)
            {
                json.WriteStartObject("AttrTypes"u8);
                slots.ForEach(slot => json.WriteNumber(KeyOf(slot.Slot), slot.Type));
                json.WriteEndObject();
            }
        };
    }

    private static string KeyOf(int slot) => slot.ToString(CultureInfo.InvariantCulture);

    private static (Dictionary<int, string> Names, Dictionary<int, int> Types) Read(Call call)
    {
        using var body = RequestBody.Open(call);
        var members = new JsonElement[2];
        string[] known = call.Endpoint.Service == Service.TimPush ? ["AttrNames", "AttrTypes"] : ["AttrNames"];
        body.Members(body.Root, known, members.AsSpan(0, known.Length));
        var names = new Dictionary<int, string>();
        foreach ((string key, JsonElement value) in body.FreeMembers(members[0]))
        {
            names.Add(SlotOf(key), body.TryText(value) ?? throw call.BadBody("a name is not a string"));
        }

        if (names.Count == 0)
        {
            throw call.BadBody("no names");
        }

        var types = new Dictionary<int, int>();
        if (members[1].ValueKind != JsonValueKind.Undefined)
        {
            foreach ((string key, JsonElement value) in body.FreeMembers(members[1]))
            {
                if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out int type) || type is not (0 or 1))
                {
                    throw call.BadBody("a type is neither 0 nor 1");
                }

                types.Add(SlotOf(key), type);
            }
        }

        return (names, types);
    }

    private static int SlotOf(string key) =>
        key is [>= '0' and <= '9'] ? key[0] - '0' : throw Call.Refuse(Codes.BadAttribute, "slots are \"0\" to \"9\"");

    private static void Check(Call call, AttributeTable table, Dictionary<int, string> names, Dictionary<int, int> types)
    {
        foreach ((int slot, string name) in names)
        {
            if (!Limits.IsText(name))
            {
                throw Call.Refuse(call.Questions.NameLengthCode);
            }

            int stored = call.Questions.NamesUpdate == NamesUpdate.PerSlot ? table.SlotOf(name) : -1;
            if (stored >= 0 && stored != slot)
            {
                throw new RefusalException(Codes.BadAttribute, $"attrName:{name} already exists at index:{stored}");
            }

            if (names.FirstOrDefault(other => other.Key != slot && string.Equals(other.Value, name, StringComparison.Ordinal)) is { Value: not null } twin)
            {
                throw new RefusalException(Codes.BadAttribute, $"attrName:{name} already exists at index:{twin.Key}");
            }
        }

        foreach ((int slot, int type) in types)
        {
            if (!names.ContainsKey(slot))
            {
                throw Call.Refuse(Codes.BadAttribute, "a type without a name");
            }

            // A slot without a name has no type yet.
            if (table.NameOf(slot) is not null && table.TypeOf(slot) != type)
            {
                throw Call.Refuse(Codes.BadAttribute, "the type of a slot cannot be changed");
            }
        }
    }

    private static void Write(Call call, AttributeTable table, Dictionary<int, string> names, Dictionary<int, int> types)
    {
        for (int slot = 0; slot < Limits.Slots; slot++)
        {
            string? old = table.NameOf(slot);
            if (names.TryGetValue(slot, out string? name))
            {
                int type = types.TryGetValue(slot, out int given) ? given : old is null ? 0 : table.TypeOf(slot);
                table.Set(slot, name, type);
                if (old is not null && !string.Equals(old, name, StringComparison.Ordinal) && !call.Questions.RenamedSlotKeepsValues)
                {
                    call.State.ClearSlot(call.UsesOwnSlots, slot);
                }
            }
            else if (old is not null && call.Questions.NamesUpdate == NamesUpdate.Replace)
            {
                table.Set(slot, null);
                call.State.ClearSlot(call.UsesOwnSlots, slot);
            }
        }
    }
}
