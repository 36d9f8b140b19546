using System.Collections.ObjectModel;

namespace TencentChat.Operations.Sync;

/// <summary>Differences that read well in a cell of a file, too.</summary>
/// <param name="list">The differences.</param>
internal sealed class AttributeDifferences(IList<AttributeDifference> list) : ReadOnlyCollection<AttributeDifference>(list)
{
    /// <summary>There are none.</summary>
    public static AttributeDifferences None { get; } = new([]);

    public override string ToString() => string.Join("; ", this);
}
