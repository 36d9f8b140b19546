using System.Text.Json;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator.Commands;

/// <summary><c>batch</c> (page 67553): a notification for up to 500 named accounts.</summary>
internal static class BatchPushCommand
{
    private const int MaxAccounts = 500;

    public static void Run(Call call)
    {
        // Its page shows a refusal with an empty task.
        call.AnswerToRefusal = json => json.WriteString("TaskId"u8, string.Empty);
        using var body = RequestBody.Open(call);
        var message = new PushMessage(call, body);
        var members = new JsonElement[5];
        body.Members(body.Root, ["From_Account", "To_Account", "MsgRandom", "OfflinePushInfo", "DataId"], members);
        string? from = message.ReadSender(members[0], isRequired: true);
        uint msgRandom = PushMessage.ReadMsgRandom(members[2]);
        bool isOnlineOnly = members[3].ValueKind != JsonValueKind.Undefined ? message.ReadNotification(members[3]) : throw call.BadBody("OfflinePushInfo is missing");
        message.ReadDataId(members[4]);
        List<string> accounts = new AccountList(call, body).ReadAll(members[1], MaxAccounts, call.Questions.TooManyInBatchCode);
        lock (call.State.Lock)
        {
            if (!call.State.PushRules.TryNameUsers(accounts.Count))
            {
                throw Call.Refuse(call.Questions.BatchRateCode);
            }

            if (call.Questions.BatchRepeatsAreOnePush && SentPush.TryRepeat(call, msgRandom))
            {
                return;
            }

            Send(call, accounts, audience => SentPush.Add(call, msgRandom, from, null, message, isOnlineOnly, audience));
            call.State.PushRules.NoteRandom(call.Endpoint, msgRandom, call.TaskId!);
        }
    }

    private static void Send(Call call, List<string> accounts, Func<IEnumerable<string>, Push> send)
    {
        ILookup<bool, string> byExistence = accounts.ToLookup(account => PushAccounts.Exists(call, account));
        var errors = byExistence[false].Select(account => new AccountError(account, Codes.AccountMissing)).ToList();
        Push push = send(byExistence[true]);
        call.Shuffle(errors);
        call.Answer = json =>
        {
            json.WriteString("TaskId"u8, push.TaskId);
            ReplyLists.WriteErrors(call, json, errors);
        };
    }
}
