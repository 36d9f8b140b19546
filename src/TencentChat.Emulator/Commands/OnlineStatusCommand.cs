using System.Text.Json;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator.Commands;

/// <summary><c>query_online_status</c> (page 35477).</summary>
internal static class OnlineStatusCommand
{
    private const int MaxAccounts = 500;

    public static void Run(Call call)
    {
        (List<string> accounts, bool needsDetail) = Read(call);
        var found = new List<(string Account, OnlineState State)>();
        var errors = new List<AccountError>();
        lock (call.State.Lock)
        {
            foreach (string id in accounts)
            {
                if (call.State.Find(id) is { } account)
                {
                    found.Add((id, account.Details?.Online ?? OnlineState.Offline));
                }
                else
                {
                    errors.Add(new AccountError(id, Codes.AccountMissing));
                }
            }
        }

        if (found.Count == 0)
        {
            throw Call.Refuse(Codes.AccountMissing);
        }

        call.WorkDone = true;
        call.Shuffle(found);
        call.Shuffle(errors);
        call.Answer = json => Write(call, json, found, errors, needsDetail);
    }

    private static (List<string> Accounts, bool NeedsDetail) Read(Call call)
    {
        using var body = RequestBody.Open(call);
        var members = new JsonElement[2];
        body.Members(body.Root, ["To_Account", "IsNeedDetail"], members);
        bool needsDetail = body.Flag(members[1], "IsNeedDetail");
        return (new AccountList(call, body).ReadAll(members[0], MaxAccounts, Codes.TooManyToAskFor), needsDetail);
    }

    private static void Write(Call call, Utf8JsonWriter json, List<(string Account, OnlineState State)> found, List<AccountError> errors, bool needsDetail)
    {
        json.WriteStartArray("QueryResult"u8);
        foreach ((string account, OnlineState state) in found)
        {
            json.WriteStartObject();
            json.WriteString("To_Account"u8, account);
            json.WriteString(call.Questions.OnlineStateMember.ToString(), state.ToString());
            if (needsDetail && state != OnlineState.Offline)
            {
                json.WriteStartArray("Detail"u8);
                json.WriteStartObject();
                json.WriteString("Platform"u8, "Web"u8);
                json.WriteString("Status"u8, state.ToString());
                json.WriteEndObject();
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        ReplyLists.WriteErrors(call, json, errors, hasText: false);
    }
}
