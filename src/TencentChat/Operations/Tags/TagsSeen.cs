namespace TencentChat.Operations.Tags;

/// <summary>Tags that were read or sent on a connection, for completion. The service has no command that lists them.</summary>
internal sealed class TagsSeen
{
    // An app has a thousand tags at most (page 67821).
    private const int Most = 1000;

    private readonly SortedSet<string> _tags = new(StringComparer.Ordinal);

    public void Add(IEnumerable<string> tags)
    {
        lock (_tags)
        {
            foreach (string tag in tags)
            {
                if (_tags.Count < Most)
                {
                    _tags.Add(tag);
                }
            }
        }
    }

    public string[] All()
    {
        lock (_tags)
        {
            return [.. _tags];
        }
    }
}
