using System.Text.Json;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator.Commands;

/// <summary><c>im_push</c> (page 37166) and the Push service's <c>push</c> (pages 60561, 67814): one message for everybody, or for those who meet a condition.</summary>
internal static class PushCommand
{
    private const int MaxBytes = 10 * 1024;

    public static void Run(Call call)
    {
        if (call.Body.Length > MaxBytes)
        {
            throw Call.Refuse(Codes.PushTooLong);
        }

        using var body = RequestBody.Open(call);
        var message = new PushMessage(call, body);
        Wanted wanted = call.Endpoint.Service == Service.TimPush ? ReadOfPushService(call, body, message) : Read(call, body, message);
        lock (call.State.Lock)
        {
            wanted.Condition?.CheckNames(call);
            if (SentPush.TryRepeat(call, wanted.MsgRandom))
            {
                return;
            }

            int code = call.State.PushRules.Judge(call.Endpoint.Service);
            if (code != 0)
            {
                throw Call.Refuse(code);
            }

            Push push = SentPush.Add(call, wanted.MsgRandom, wanted.From, wanted.Condition?.Json, message, wanted.IsOnlineOnly, AudienceOf(call, wanted.Condition));
            call.State.PushRules.NotePush(call.Endpoint.Service);
            call.State.PushRules.NoteRandom(call.Endpoint, wanted.MsgRandom, push.TaskId);
            call.Answer = json => json.WriteString("TaskId"u8, push.TaskId);
        }
    }

    private static Wanted Read(Call call, RequestBody body, PushMessage message)
    {
        var members = new JsonElement[6];
        body.Members(body.Root, ["From_Account", "MsgRandom", "MsgBody", "MsgLifeTime", "Condition", "OfflinePushInfo"], members);
        string? from = message.ReadSender(members[0]);
        uint msgRandom = PushMessage.ReadMsgRandom(members[1]);
        message.ReadElements(members[2]);
        int lifeTime = message.ReadLifeTime(members[3]);
        var condition = PushCondition.Read(call, body, members[4]);
        message.ReadNotification(members[5]);
        return new Wanted(from, msgRandom, condition, lifeTime == 0);
    }

    private static Wanted ReadOfPushService(Call call, RequestBody body, PushMessage message)
    {
        var members = new JsonElement[7];
        body.Members(body.Root, ["From_Account", "MsgRandom", "MsgBody", "OnlineOnlyFlag", "Condition", "OfflinePushInfo", "DataId"], members);
        string? from = message.ReadSender(members[0]);
        uint msgRandom = PushMessage.ReadMsgRandom(members[1]);
        bool hasMessage = members[2].ValueKind != JsonValueKind.Undefined;
        bool hasNotification = members[5].ValueKind != JsonValueKind.Undefined;
        if (!PushMessage.IsComplete(call.Questions.TimPushContent, hasMessage, hasNotification))
        {
            throw hasNotification && !hasMessage ? Call.Refuse(Codes.BadMessage) : call.BadBody("MsgBody has no place here, or OfflinePushInfo is missing");
        }

        if (hasMessage)
        {
            message.ReadElements(members[2]);
        }

        bool isOnlineOnly = body.Flag(members[3], "OnlineOnlyFlag");
        var condition = PushCondition.Read(call, body, members[4]);
        bool isForOnlineDevices = message.ReadNotification(members[5]);
        message.ReadDataId(members[6]);
        return new Wanted(from, msgRandom, condition, isOnlineOnly || (!hasMessage && isForOnlineDevices));
    }

    // Whoever was imported or has logged in once (page 37165); only the Push service knows registered devices.
    private static IEnumerable<string> AudienceOf(Call call, PushCondition? condition) => call.State.All
        .Where(account => PushAccounts.CanReach(call, account) && (condition is null || condition.IsMetBy(call, account)))
        .Select(account => account.UserId);

    private sealed record Wanted(string? From, uint MsgRandom, PushCondition? Condition, bool IsOnlineOnly);
}
