namespace TencentChat.Operations.Sync;

/// <summary>One attribute of one account that is not as it should be; a line of a plan.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Name">The attribute.</param>
/// <param name="Current">Its value in the app; null when the account does not have it.</param>
/// <param name="Desired">Its value in the table; null when it is to be removed.</param>
/// <param name="Action">What makes it so.</param>
public sealed record AttributeDifference(string UserId, string Name, string? Current, string? Desired, AttributeAction Action)
{
    /// <summary>The app that was compared, for example "app 1400000000"; null when that is not known. A text, which no spreadsheet rounds.</summary>
    public string? App { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Action == AttributeAction.Set
        ? $"set {Name}: {(Current is null ? "(none)" : $"'{Current}'")} → '{Desired}'"
        : $"remove {Name}: '{Current}' → (none)";
}
