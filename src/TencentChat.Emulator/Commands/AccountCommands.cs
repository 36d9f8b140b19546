using System.Text.Json;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator.Commands;

/// <summary><c>account_delete</c> (page 34955), <c>account_check</c> (34956) and <c>kick</c> (34957).</summary>
internal static class AccountCommands
{
    public static void Delete(Call call)
    {
        bool isOn = call.Options.AccountDeletionEnabled ?? call.Options.Plan == EmulatorPlan.Trial;
        if (!isOn && !call.Questions.DeletionOffPerItem)
        {
            throw Call.Refuse(Codes.DeletionOff);
        }

        List<string> accounts = ReadItems(call, "DeleteItem");
        var results = new List<AccountError>(accounts.Count);
        lock (call.State.Lock)
        {
            foreach (string account in accounts)
            {
                results.Add(new AccountError(account, isOn ? DeleteOne(call, account) : Codes.DeletionOff));
            }
        }

        call.WorkDone = true;
        call.Shuffle(results);
        call.Answer = json =>
        {
            json.WriteStartArray("ResultItem"u8);
            foreach (AccountError result in results)
            {
                json.WriteStartObject();
                json.WriteNumber("ResultCode"u8, result.Code);
                json.WriteString("ResultInfo"u8, result.Code == 0 ? string.Empty : ErrorTexts.Of(result.Code));
                json.WriteString("UserID"u8, result.Account);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        };
    }

    public static void Check(Call call)
    {
        List<string> accounts = ReadItems(call, "CheckItem");
        var results = new List<(string Account, bool Exists)>(accounts.Count);
        lock (call.State.Lock)
        {
            accounts.ForEach(account => results.Add((account, call.State.Find(account) is not null)));
        }

        call.WorkDone = true;
        call.Shuffle(results);
        call.Answer = json =>
        {
            json.WriteStartArray("ResultItem"u8);
            foreach ((string account, bool exists) in results)
            {
                json.WriteStartObject();
                json.WriteString("UserID"u8, account);
                json.WriteNumber("ResultCode"u8, 0);
                json.WriteString("ResultInfo"u8, string.Empty);
                json.WriteString("AccountStatus"u8, exists ? "Imported"u8 : "NotImported"u8);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        };
    }

    public static void Kick(Call call)
    {
        string userId;
        using (var body = RequestBody.Open(call))
        {
            var members = new JsonElement[2];
            body.Members(body.Root, ["UserID", "Identifier"], members);
            userId = new AccountList(call, body).ReadUserId(members[0], members[1]);
        }

        lock (call.State.Lock)
        {
            Account account = call.State.Find(userId) ?? throw Call.Refuse(Codes.AccountMissing);
            AccountDetails details = account.GetOrAddDetails();
            details.KickedAt = call.Clock.UtcNow.ToUnixTimeSeconds();
            details.Online = OnlineState.Offline;
        }

        call.WorkDone = true;
    }

    private static int DeleteOne(Call call, string userId)
    {
        if (call.Options.Admins.Contains(userId, StringComparer.Ordinal))
        {
            return call.Questions.DeleteAdminCode;
        }

        if (call.State.Find(userId) is not { } account)
        {
            return Codes.AccountMissing;
        }

        call.State.Delete(account);
        return 0;
    }

    private static List<string> ReadItems(Call call, string name)
    {
        using var body = RequestBody.Open(call);
        var reader = new AccountList(call, body);
        var accounts = new List<string>();
        foreach (JsonElement item in body.Items(body.Member(body.Root, name), Limits.Accounts, call.Questions.TooManyAccountsInLoginService))
        {
            accounts.Add(reader.ReadUserId(body.Member(item, "UserID")));
        }

        return accounts;
    }
}
