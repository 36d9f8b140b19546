namespace TencentChat.Operations.Sync;

/// <summary>
/// Tells what must change to make an account as a row of the table says. Values are compared character by character, as they
/// are sent: no case is folded and no Unicode normalised.
/// </summary>
/// <param name="clearEmpty">An empty cell removes the attribute; else it leaves it alone.</param>
/// <param name="pruned">Attributes to remove wherever they are found: those that the table has no column for.</param>
internal sealed class AttributeComparer(bool clearEmpty, IReadOnlyList<string> pruned)
{
    /// <param name="read">The account as it is, carrying the row's names and values.</param>
    public List<AttributeDifference> Compare(DesiredRow read)
    {
        var differences = new List<AttributeDifference>();
        for (int i = 0; i < read.Names.Length; i++)
        {
            string? current = Find(read.Attributes, read.Names[i]);
            string? desired = read.Values[i];
            if (desired is null ? clearEmpty && current is not null : desired != current)
            {
                Add(read.Names[i], current, desired);
            }
        }

        foreach (string name in pruned)
        {
            if (Find(read.Attributes, name) is { } current)
            {
                Add(name, current, null);
            }
        }

        return differences;

        void Add(string name, string? current, string? desired) =>
            differences.Add(new(read.UserId, name, current, desired, desired is null ? AttributeAction.Remove : AttributeAction.Set));
    }

    /// <summary>
    /// Everything that the row says, for an account whose values as they were read may be out of date: an earlier row of the
    /// same run is changing it.
    /// </summary>
    public List<AttributeDifference> TakeWhole(DesiredRow read)
    {
        var all = new List<AttributeDifference>();
        for (int i = 0; i < read.Names.Length; i++)
        {
            if (read.Values[i] is not null || clearEmpty)
            {
                all.Add(new(read.UserId, read.Names[i], Find(read.Attributes, read.Names[i]), read.Values[i], read.Values[i] is null ? AttributeAction.Remove : AttributeAction.Set));
            }
        }

        return all;
    }

    /// <summary>The last one counts if the service names an attribute twice.</summary>
    public static string? Find(IReadOnlyList<KeyValuePair<string, string>> attributes, string name)
    {
        for (int i = attributes.Count - 1; i >= 0; i--)
        {
            if (attributes[i].Key == name)
            {
                return attributes[i].Value;
            }
        }

        return null;
    }
}
