using TencentChat.Emulator.Options;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator.Commands;

/// <summary>Notes a push that goes out, or that a call repeats one. Under the state's lock.</summary>
internal static class SentPush
{
    /// <summary>Answers a call that repeats a push: nothing goes out.</summary>
    /// <returns>Whether it does.</returns>
    public static bool TryRepeat(Call call, uint msgRandom)
    {
        if (call.State.PushRules.TaskRepeatedBy(call.Endpoint, msgRandom) is not { } taskId)
        {
            return false;
        }

        if (call.State.Pushes.Find(taskId) is { } push)
        {
            call.State.Pushes.Change(push with { Repeats = push.Repeats + 1 });
        }

        call.TaskId = taskId;
        string answered = call.Questions.RepeatedPushAnswer == RepeatedPushAnswer.SameTask ? taskId : NewTaskId(call, msgRandom, isRepeat: true);
        call.Answer = json => json.WriteString("TaskId"u8, answered);
        return true;
    }

    /// <summary>Notes a push. What is its own is given; number, task and time are made here.</summary>
    public static Push Add(Call call, uint msgRandom, string? from, string? condition, PushMessage message, bool isOnlineOnly, IEnumerable<string> audience)
    {
        var kept = new List<string>();
        int count = 0;
        foreach (string account in audience)
        {
            count++;
            if (kept.Count < PushList.MaxAccounts)
            {
                kept.Add(account);
            }
        }

        var push = new Push
        {
            Sequence = call.State.Pushes.NextSequence,
            TaskId = NewTaskId(call, msgRandom, isRepeat: false),
            Endpoint = call.Endpoint.Name,
            Time = call.Clock.UtcNow,
            From = from,
            MsgRandom = msgRandom,
            Condition = condition,
            Text = message.Text,
            IsOnlineOnly = isOnlineOnly,
            AudienceCount = count,
            Accounts = kept,
        };
        call.State.Pushes.Add(push);
        call.WorkDone = true;
        call.TaskId = push.TaskId;
        call.AudienceCount = count;
        return push;
    }

    // Of the forms that the pages show.
    private static string NewTaskId(Call call, uint msgRandom, bool isRepeat)
    {
        long number = (call.State.Pushes.NextSequence * 2) + (isRepeat ? 1 : 0);
        long time = call.Clock.UtcNow.ToUnixTimeSeconds();
        return call.Endpoint.Name switch
        {
            "im_push" => $"{call.Options.SdkAppId}_{144_100_000_000_000_000 + number}_{time}_{msgRandom}",
            "batch" => $"batch_{time:x}_{number:x}_{msgRandom:x}",
            _ => $"{time:x}_{number:x}_{msgRandom:x}",
        };
    }
}
