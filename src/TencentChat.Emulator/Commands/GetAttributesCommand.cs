using System.Text.Json;

namespace TencentChat.Emulator;

/// <summary><c>im_get_attr</c> (page 37169) and <c>get_attr</c> (pages 60564, 67817).</summary>
internal static class GetAttributesCommand
{
    public static void Run(Call call)
    {
        var accounts = Read(call);
        var found = new List<(string Account, Dictionary<string, string> Attributes)>();
        var errors = new List<AccountError>();
        lock (call.State.Lock)
        {
            foreach (var account in accounts)
            {
                if (AttributeAccounts.Exists(call, account))
                {
                    found.Add((account, call.State.AttributesOf(call.State.Find(account)!, call.UsesOwnSlots)));
                }
                else if (AttributeAccounts.HasErrorList(call))
                {
                    errors.Add(new AccountError(account, AttributeAccounts.Missing));
                }
                else
                {
                    AttributeAccounts.RefuseMissing(call);
                    found.Add((account, []));
                }
            }
        }

        call.WorkDone = true;
        call.Shuffle(found);
        call.Shuffle(errors);
        call.Answer = json => Write(call, json, found, errors);
    }

    private static List<string> Read(Call call)
    {
        using var body = RequestBody.Open(call);
        var reader = new AccountList(call, body);
        var accounts = new List<string>();
        foreach (var item in body.Items(body.Member(body.Root, "To_Account"), AttributeAccounts.MaxAccounts, AttributeAccounts.TooMany))
        {
            accounts.Add(reader.Read(item));
        }

        return accounts;
    }

    private static void Write(Call call, Utf8JsonWriter json, List<(string Account, Dictionary<string, string> Attributes)> found, List<AccountError> errors)
    {
        json.WriteStartArray("UserAttrs"u8);
        foreach (var (account, attributes) in found)
        {
            json.WriteStartObject();
            json.WriteString("To_Account"u8, account);
            json.WriteStartObject("Attrs"u8);
            foreach (var (name, value) in attributes)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (AttributeAccounts.HasErrorList(call))
        {
            AttributeAccounts.WriteErrorList(call, json, errors);
        }
    }
}
