using System.Text.Json;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator.Commands;

/// <summary>Reads something of each account of a call.</summary>
internal static class PushReads
{
    /// <summary>
    /// Answers a list of the accounts that exist. One that is missing is told as its family does; where that is not at all,
    /// it is in the list with nothing to it.
    /// </summary>
    public static void Run<T>(Call call, string list, Func<Account?, T> read, Action<Utf8JsonWriter, T> write)
    {
        List<string> accounts = PushAccounts.Read(call);
        var found = new List<(string Account, T Value)>();
        var errors = new List<AccountError>();
        lock (call.State.Lock)
        {
            foreach (string account in accounts)
            {
                if (PushAccounts.Exists(call, account))
                {
                    found.Add((account, read(call.State.Find(account))));
                    continue;
                }

                PushAccounts.TellMissing(call, account, errors);
                if (!PushAccounts.HasErrorList(call))
                {
                    found.Add((account, read(null)));
                }
            }
        }

        call.WorkDone = true;
        call.Shuffle(found);
        call.Shuffle(errors);
        call.Answer = json =>
        {
            json.WriteStartArray(list);
            foreach ((string account, T value) in found)
            {
                json.WriteStartObject();
                json.WriteString("To_Account"u8, account);
                write(json, value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (PushAccounts.HasErrorList(call))
            {
                ReplyLists.WriteErrors(call, json, errors);
            }
        };
    }
}
