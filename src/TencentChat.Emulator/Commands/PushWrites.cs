using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;

namespace TencentChat.Emulator.Commands;

/// <summary>Writes the items of a call, all or as far as the answer to an open question says.</summary>
internal static class PushWrites
{
    /// <summary>
    /// Looks at each item, which may refuse the call or pass the item over with an error of its own, then writes those
    /// that are left.
    /// </summary>
    public static void Run<T>(Call call, List<T> items, Func<T, List<AccountError>, bool> isWanted, Action<T> write)
    {
        var errors = new List<AccountError>();
        lock (call.State.Lock)
        {
            WriteWanted(call, items, item => isWanted(item, errors), write);
        }

        if (PushAccounts.HasErrorList(call))
        {
            call.Shuffle(errors);
            call.Answer = json => ReplyLists.WriteErrors(call, json, errors);
        }
    }

    private static void WriteWanted<T>(Call call, List<T> items, Predicate<T> isWanted, Action<T> write)
    {
        var wanted = new List<T>(items.Count);
        try
        {
            foreach (T item in items)
            {
                if (isWanted(item))
                {
                    wanted.Add(item);
                }
            }
        }
        catch (RefusalException) when (call.Questions.AtomicityOfRefusedCall == RefusedCallEffect.WritesItemsBefore)
        {
            wanted.ForEach(write);
            call.WorkDone = wanted.Count > 0;
            throw;
        }

        wanted.ForEach(write);
        call.WorkDone = true;
    }
}
