namespace TencentChat.Emulator;

/// <summary>Writes the items of a call, all or as far as the answer to an open question says.</summary>
internal static class AttributeWrites
{
    /// <summary>
    /// Prepares each item, which may refuse the call, then writes them. An item prepared to nothing is passed over.
    /// Under the state's lock.
    /// </summary>
    public static void Run<T>(Call call, List<T> items, Func<T, Action?> prepare)
    {
        var writes = new List<Action>(items.Count);
        try
        {
            foreach (var item in items)
            {
                if (prepare(item) is { } write)
                {
                    writes.Add(write);
                }
            }
        }
        catch (RefusalException) when (call.Questions.AtomicityOfRefusedCall == RefusedCallEffect.WritesItemsBefore)
        {
            writes.ForEach(write => write());
            call.WorkDone = writes.Count > 0;
            throw;
        }

        writes.ForEach(write => write());
        call.WorkDone = true;
    }

    /// <summary>A caller's text as part of an error text: short, whatever was sent.</summary>
    public static string ForPeople(string text) => text.Length <= 50 ? text : string.Concat(text.AsSpan(0, 50), "…");
}
