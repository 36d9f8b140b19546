using System.Text;
using System.Text.Json;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator.Commands;

/// <summary><c>account_import</c> (page 34953) and <c>multiaccount_import</c> in its older and its newer form (page 34954).</summary>
internal static class AccountImportCommands
{
    private const int MaxProfileBytes = 500;
    private const int MonthsUntilReimport = 3;

    public static void One(Call call)
    {
        ImportItem item;
        using (var body = RequestBody.Open(call))
        {
            var members = new JsonElement[4];
            body.Members(body.Root, ["UserID", "Identifier", "Nick", "FaceUrl"], members);
            string userId = new AccountList(call, body).ReadUserId(members[0], members[1]);
            item = ReadItem(call, body, userId, members[2], members[3]);
        }

        lock (call.State.Lock)
        {
            int code = Judge(call, item.UserId);
            if (code != 0)
            {
                throw Call.Refuse(code);
            }

            Import(call, item);
        }

        call.WorkDone = true;
    }

    public static void Many(Call call)
    {
        List<ImportItem> items = ReadMany(call);
        var failed = new List<string>();
        lock (call.State.Lock)
        {
            RefuseWholeCall(call, items);
            foreach (ImportItem item in items)
            {
                if (Judge(call, item.UserId) == 0)
                {
                    Import(call, item);
                }
                else
                {
                    failed.Add(item.UserId);
                }
            }
        }

        call.WorkDone = true;
        call.Shuffle(failed);
        call.Answer = json =>
        {
            if (ReplyLists.Begin(call, json, "FailAccounts", failed.Count))
            {
                failed.ForEach(account => json.WriteStringValue(account));
                json.WriteEndArray();
            }
        };
    }

    private static List<ImportItem> ReadMany(Call call)
    {
        using var body = RequestBody.Open(call);
        var lists = new JsonElement[2];
        body.Members(body.Root, ["Accounts", "AccountList"], lists);
        bool isOldForm = lists[0].ValueKind != JsonValueKind.Undefined;
        if (isOldForm && lists[1].ValueKind != JsonValueKind.Undefined)
        {
            throw call.BadBody("both Accounts and AccountList");
        }

        var items = new List<ImportItem>();
        var reader = new AccountList(call, body);
        var members = new JsonElement[3];
        foreach (JsonElement item in body.Items(isOldForm ? lists[0] : lists[1], Limits.Accounts, call.Questions.TooManyAccountsInLoginService))
        {
            if (isOldForm)
            {
                items.Add(new ImportItem(reader.ReadUserId(item, mayRepeat: true), null, null));
                continue;
            }

            body.Members(item, ["UserID", "Nick", "FaceUrl"], members);
            items.Add(ReadItem(call, body, reader.ReadUserId(members[0], mayRepeat: true), members[1], members[2]));
        }

        return items;
    }

    private static ImportItem ReadItem(Call call, RequestBody body, string userId, JsonElement nick, JsonElement faceUrl)
    {
        return new ImportItem(userId, ReadProfile(nick), ReadProfile(faceUrl));

        string? ReadProfile(JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.Undefined)
            {
                return null;
            }

            string text = body.TryText(value) ?? throw call.BadBody("a profile value is not a string");
            return Encoding.UTF8.GetByteCount(text) <= MaxProfileBytes ? text : throw Call.Refuse(Codes.ProfileTooLong, "at most 500 bytes");
        }
    }

    /// <summary>Refuses a batch as a whole where an open question says so.</summary>
    private static void RefuseWholeCall(Call call, List<ImportItem> items)
    {
        if (call.Questions.EarlyReimportFailsCall && items.Exists(item => IsTooEarly(call, item.UserId)))
        {
            throw Call.Refuse(Codes.DeletedTooRecently);
        }

        if (call.Options.Plan == EmulatorPlan.Trial && call.Questions.TrialLimitFailsCall)
        {
            int added = items.Where(item => !IsImported(call, item.UserId) && call.State.IsUserId(item.UserId))
                .Select(item => item.UserId).Distinct(StringComparer.Ordinal).Count();
            if (added > 0 && call.State.ImportedCount + added > call.Options.TrialAccountLimit)
            {
                throw Call.Refuse(Codes.TrialLimit);
            }
        }
    }

    private static int Judge(Call call, string userId)
    {
        if (!call.State.IsUserId(userId))
        {
            return call.Questions.BadUserIdCode;
        }

        if (IsTooEarly(call, userId))
        {
            return Codes.DeletedTooRecently;
        }

        return call.Options.Plan == EmulatorPlan.Trial
            && !IsImported(call, userId)
            && call.State.ImportedCount >= call.Options.TrialAccountLimit
                ? Codes.TrialLimit
                : 0;
    }

    private static bool IsImported(Call call, string userId) => call.State.Find(userId) is { Details.IsImported: true };

    private static bool IsTooEarly(Call call, string userId) =>
        call.Options.Plan == EmulatorPlan.Paid
        && call.State.FindEver(userId)?.Details?.DeletedAt is { } deletedAt
        && call.Clock.UtcNow < deletedAt.AddMonths(MonthsUntilReimport);

    /// <summary>Makes the account, or brings an existing one up to date with what was given.</summary>
    private static void Import(Call call, ImportItem item)
    {
        Account account = call.State.Add(item.UserId);
        call.State.MarkImported(account);
        AccountDetails details = account.GetOrAddDetails();
        details.Nick = item.Nick ?? details.Nick;
        details.FaceUrl = item.FaceUrl ?? details.FaceUrl;
    }

    private sealed record ImportItem(string UserId, string? Nick, string? FaceUrl);
}
