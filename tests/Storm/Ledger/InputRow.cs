using System.Text;

namespace TencentChat.Storm;

/// <summary>A row of the input: an account and its cells. An empty cell leaves an attribute alone; of tags, each cell is one.</summary>
internal sealed record InputRow(int Number, string UserId, string[] Cells)
{
    private const int MaxUserIdBytes = 32;
    private const int MaxValueBytes = 50;

    /// <summary>Whether the service can take the row.</summary>
    public bool IsGood =>
        UserId.Length > 0 && Encoding.UTF8.GetByteCount(UserId) <= MaxUserIdBytes && Array.TrueForAll(Cells, cell => Encoding.UTF8.GetByteCount(cell) <= MaxValueBytes);
}
