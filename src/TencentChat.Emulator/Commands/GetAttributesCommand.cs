using System.Text.Json;

namespace TencentChat.Emulator.Commands;

/// <summary><c>im_get_attr</c> (page 37169) and <c>get_attr</c> (pages 60564, 67817).</summary>
internal static class GetAttributesCommand
{
    public static void Run(Call call)
    {
        List<string> accounts = PushAccounts.Read(call);
        var found = new List<(string Account, Dictionary<string, string> Attributes)>();
        var errors = new List<AccountError>();
        lock (call.State.Lock)
        {
            foreach (string account in accounts)
            {
                if (PushAccounts.Exists(call, account))
                {
                    found.Add((account, call.State.AttributesOf(call.State.Find(account)!, call.UsesOwnSlots)));
                    continue;
                }

                PushAccounts.TellMissing(call, account, errors);
                if (!PushAccounts.HasErrorList(call))
                {
                    found.Add((account, []));
                }
            }
        }

        call.WorkDone = true;
        call.Shuffle(found);
        call.Shuffle(errors);
        call.Answer = json => Write(call, json, found, errors);
    }

    private static void Write(Call call, Utf8JsonWriter json, List<(string Account, Dictionary<string, string> Attributes)> found, List<AccountError> errors)
    {
        json.WriteStartArray("UserAttrs"u8);
        foreach ((string account, Dictionary<string, string> attributes) in found)
        {
            json.WriteStartObject();
            json.WriteString("To_Account"u8, account);
            json.WriteStartObject("Attrs"u8);
            foreach ((string name, string value) in attributes)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (PushAccounts.HasErrorList(call))
        {
            ReplyLists.WriteErrors(call, json, errors);
        }
    }
}
