namespace TencentChat;

/// <summary>How a table of users is understood, and what a synchronization may remove.</summary>
public sealed record SyncOptions
{
    /// <summary>An empty value asks for the attribute to be removed. Otherwise it leaves the attribute alone, as null does.</summary>
    public bool ClearEmpty { get; init; }

    /// <summary>With <see cref="ClearEmpty"/>: a user whose values are all empty may lose all of these attributes. Otherwise such a user fails.</summary>
    public bool AllowEmptyUsers { get; init; }

    /// <summary>The run ends before more users than this lose an attribute. Default: 500; 0 for no limit.</summary>
    public int RemovalThreshold { get; init; } = 500;
}
