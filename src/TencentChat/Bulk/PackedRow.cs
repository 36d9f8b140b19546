namespace TencentChat.Bulk;

/// <summary>An input row in a form that takes less memory, for rows that are kept long.</summary>
internal abstract class PackedRow
{
    /// <summary>Makes the row again.</summary>
    public abstract object Unpack();
}
