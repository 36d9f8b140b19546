namespace TencentChat.Emulator;

/// <summary>Writes the items of a call, all or as far as the answer to an open question says.</summary>
internal static class AttributeWrites
{
    /// <summary>
    /// Looks at each item, which may refuse the call or pass the item over, then writes those that are left. Under the
    /// state's lock.
    /// </summary>
    public static void Run<T>(Call call, List<T> items, Predicate<T> isWanted, Action<T> write)
    {
        var wanted = new List<T>(items.Count);
        try
        {
            foreach (var item in items)
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

    /// <summary>A caller's text as part of an error text: short, whatever was sent.</summary>
    public static string ForPeople(string text) => text.Length <= 50 ? text : string.Concat(text.AsSpan(0, 50), "…");
}
