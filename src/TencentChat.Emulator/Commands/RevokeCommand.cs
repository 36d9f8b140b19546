using System.Text.Json;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator.Commands;

/// <summary><c>revoke</c> (pages 60571, 67824): stops what was pushed and is not yet delivered.</summary>
internal static class RevokeCommand
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(24);

    public static void Run(Call call)
    {
        (string taskId, bool hasNotification) = Read(call);
        lock (call.State.Lock)
        {
            if (!call.State.PushRules.TryRevoke())
            {
                throw Call.Refuse(Codes.RevokedTooSoon);
            }

            Push? push = call.State.Pushes.Find(taskId);
            int code = Judge(call, push, hasNotification);
            if (code != 0)
            {
                throw Call.Refuse(code);
            }

            call.State.Pushes.Change(push! with { RevokedAt = call.Clock.UtcNow });
        }

        call.TaskId = taskId;
        call.WorkDone = true;
    }

    private static (string TaskId, bool HasNotification) Read(Call call)
    {
        using var body = RequestBody.Open(call);
        var members = new JsonElement[2];
        body.Members(body.Root, ["TaskId", "OfflinePushInfo"], members);
        bool hasNotification = members[1].ValueKind != JsonValueKind.Undefined;
        if (!hasNotification && call.Questions.RevokeNeedsOfflinePushInfo)
        {
            throw call.BadBody("OfflinePushInfo is missing");
        }

        new PushMessage(call, body).ReadNotification(members[1]);
        return (body.TryText(members[0]) is { Length: > 0 } taskId ? taskId : throw call.BadBody("TaskId is missing"), hasNotification);
    }

    private static int Judge(Call call, Push? push, bool hasNotification)
    {
        // Pushes of the other family cannot be withdrawn (page 37165).
        bool isKnown = push?.Endpoint == "push" || (push?.Endpoint == "batch" && call.Questions.BatchCanBeRevoked);
        if (push is null || !isKnown)
        {
            return Codes.UnknownTask;
        }

        if (push.RevokedAt is not null)
        {
            return Codes.AlreadyRevoked;
        }

        if (call.Clock.UtcNow - push.Time > s_longest)
        {
            return Codes.TaskTooOld;
        }

        bool mustBring = push.IsOnlineOnly == (call.Questions.UnrevocableTask == UnrevocableTask.OnlineOnly);
        return mustBring && !hasNotification ? Codes.TaskNotRevocable : 0;
    }
}
