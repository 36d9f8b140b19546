using TencentChat.Errors;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Binding;

/// <summary>The value that a cell stands for.</summary>
internal static class CellText
{
    /// <param name="cell">What the cell holds.</param>
    /// <param name="text">Its text; empty for an empty cell, null for one that holds nothing at all.</param>
    /// <returns>What keeps it from being one; null when nothing does. How long a value may be, the operation knows.</returns>
    public static ChatError? Check(object? cell, out string? text) =>
        !ValueText.TryGet(cell, out text) ? ClientErrors.NotText
        : text is not null && NotReadCell.IsOne(text) ? InputErrors.NotRead
        : null;
}
