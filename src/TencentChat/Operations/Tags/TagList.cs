using System.Collections;

namespace TencentChat.Operations.Tags;

/// <summary>Tags of a user. As text, as a CSV file has it, they are joined by a delimiter.</summary>
public sealed class TagList : IReadOnlyList<string>
{
    /// <summary>What separates tags in one cell of a table, unless another text is chosen.</summary>
    public const string DefaultDelimiter = ";";

    private readonly string[] _tags;
    private readonly string _delimiter;

    internal TagList(IEnumerable<string> tags, string delimiter = DefaultDelimiter)
    {
        _tags = [.. tags];
        _delimiter = delimiter;
    }

    /// <summary>How many there are.</summary>
    public int Count => _tags.Length;

    /// <summary>The tag at a place, from 0.</summary>
    /// <param name="index">The place.</param>
    public string this[int index] => _tags[index];

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_tags).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _tags.GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => string.Join(_delimiter, _tags);
}
