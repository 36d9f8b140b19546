using System.Management.Automation;
using TencentChat.Errors;

namespace TencentChat.PowerShell.Binding;

/// <summary>What a row says: the user, and a value for each attribute; or what is wrong with it.</summary>
/// <param name="UserId">The user; empty when the row names none.</param>
/// <param name="Source">The row as it came.</param>
/// <param name="Names">The attributes; one array for rows that are built alike.</param>
/// <param name="Values">What its cells say; empty for an empty cell, null for none.</param>
/// <param name="Columns">All columns of the row; one list for rows that are built alike.</param>
internal readonly record struct BoundRow(string UserId, PSObject Source, string[] Names, string?[] Values, IReadOnlyList<string> Columns)
{
    /// <summary>What is wrong; null when nothing is.</summary>
    public ChatError? Error { get; init; }

    /// <summary>What is wrong, in words for this row.</summary>
    public string? What { get; init; }
}
