namespace TencentChat.Operations.Sync;

/// <summary>What one row of a table, or of a plan, asks for.</summary>
internal sealed class RowWish
{
    /// <summary>The attributes that the row has cells for; shared between rows.</summary>
    public string[] Names { get; init; } = [];

    /// <summary>What each cell asks for: a value, empty for a removal, null for nothing.</summary>
    public string?[] Values { get; init; } = [];

    /// <summary>The app's attributes that the row has no column for, where those are to be removed; shared between rows.</summary>
    public string[] Pruned { get; init; } = [];

    /// <summary>The one difference of a row of a plan.</summary>
    public AttributeDifference? Planned { get; init; }

    /// <summary>The row before this one that names the same user.</summary>
    public SyncResult? Earlier { get; set; }
}
