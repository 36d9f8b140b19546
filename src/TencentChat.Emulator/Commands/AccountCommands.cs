using System.Text.Json;

namespace TencentChat.Emulator;

/// <summary><c>account_delete</c> (page 34955), <c>account_check</c> (34956) and <c>kick</c> (34957).</summary>
internal static class AccountCommands
{
    private const int MaxAccounts = 100;
    private const int DeletionOff = 71000;

    public static void Delete(Call call)
    {
        var isOn = call.Options.AccountDeletionEnabled ?? call.Options.Plan == EmulatorPlan.Trial;
        if (!isOn && !call.Questions.DeletionOffPerItem)
        {
            throw Call.Refuse(DeletionOff);
        }

        var accounts = ReadItems(call, "DeleteItem");
        var results = new List<AccountError>(accounts.Count);
        lock (call.State.Lock)
        {
            foreach (var account in accounts)
            {
                results.Add(new AccountError(account, isOn ? DeleteOne(call, account) : DeletionOff));
            }
        }

        call.WorkDone = true;
        call.Shuffle(results);
        call.Answer = json =>
        {
            json.WriteStartArray("ResultItem"u8);
            foreach (var result in results)
            {
                json.WriteStartObject();
                json.WriteNumber("ResultCode"u8, result.Code);
                json.WriteString("ResultInfo"u8, result.Code == 0 ? "" : ErrorTexts.Of(result.Code));
                json.WriteString("UserID"u8, result.Account);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        };
    }

    public static void Check(Call call)
    {
        var accounts = ReadItems(call, "CheckItem");
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
            foreach (var (account, exists) in results)
            {
                json.WriteStartObject();
                json.WriteString("UserID"u8, account);
                json.WriteNumber("ResultCode"u8, 0);
                json.WriteString("ResultInfo"u8, "");
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
            userId = ReadUserId(call, body, body.Root);
        }

        lock (call.State.Lock)
        {
            var account = call.State.Find(userId) ?? throw Call.Refuse(70107);
            var details = account.MakeDetails();
            details.KickedAt = call.Clock.UtcNow.ToUnixTimeSeconds();
            details.Online = OnlineState.Offline;
        }

        call.WorkDone = true;
    }

    /// <summary>The account of a call for one: <c>UserID</c>, or <c>Identifier</c> as older pages have it.</summary>
    private static string ReadUserId(Call call, RequestBody body, JsonElement value)
    {
        var members = new JsonElement[2];
        body.Members(value, ["UserID", "Identifier"], members);
        return members[0].ValueKind == JsonValueKind.Undefined || members[1].ValueKind == JsonValueKind.Undefined
            ? new AccountList(call, body).ReadUserId(members[0].ValueKind == JsonValueKind.Undefined ? members[1] : members[0])
            : throw call.BadBody("both UserID and Identifier");
    }

    private static int DeleteOne(Call call, string userId)
    {
        if (call.Options.Admins.Contains(userId, StringComparer.Ordinal))
        {
            return call.Questions.DeleteAdminCode;
        }

        if (call.State.Find(userId) is not { } account)
        {
            return 70107;
        }

        call.State.Delete(account);
        return 0;
    }

    private static List<string> ReadItems(Call call, string name)
    {
        using var body = RequestBody.Open(call);
        var reader = new AccountList(call, body);
        var accounts = new List<string>();
        foreach (var item in body.Items(body.Member(body.Root, name), MaxAccounts, call.Questions.TooManyAccountsInLoginService))
        {
            accounts.Add(reader.ReadUserId(body.Member(item, "UserID")));
        }

        return accounts;
    }
}
