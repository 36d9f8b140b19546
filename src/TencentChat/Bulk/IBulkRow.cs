namespace TencentChat.Bulk;

/// <summary>A row of one operation, which becomes its result.</summary>
/// <typeparam name="TRow">The row itself.</typeparam>
internal interface IBulkRow<TRow>
{
    /// <summary>
    /// What this row and a later one for the same account ask for together (P3): the later one's values win, what it leaves
    /// alone stays. Only asked for, never settled or given out.
    /// </summary>
    TRow MergeWith(TRow later);
}
