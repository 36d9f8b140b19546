using System.Text;
using TencentChat;

namespace BulkImport;

/// <summary>One row of the file.</summary>
internal sealed record CsvUser(string UserId, IReadOnlyDictionary<string, string?> Cells)
{
    private const int MaxValueBytes = 50;

    /// <summary>What the file's rows are expected to be judged by.</summary>
    public bool IsGood => UserId.Length > 0 && Cells.Values.All(cell => Encoding.UTF8.GetByteCount(cell ?? string.Empty) <= MaxValueBytes);

    public UserAttributes ToAttributes() => new(UserId, Cells, this);
}
