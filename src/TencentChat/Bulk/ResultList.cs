using System.Collections.ObjectModel;

namespace TencentChat.Bulk;

/// <summary>A list in a result. In a file that has one line for each row, it is text.</summary>
/// <param name="items">What is in it.</param>
internal sealed class ResultList<T>(IList<T> items) : ReadOnlyCollection<T>(items)
{
    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", Items);
}
