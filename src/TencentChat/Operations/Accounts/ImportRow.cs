using TencentChat.Bulk;

namespace TencentChat.Operations.Accounts;

/// <summary>An account to import, and what became of it.</summary>
/// <param name="number">The row's number in the input, from 1.</param>
/// <param name="userId">The account.</param>
/// <param name="source">The row as it came.</param>
internal sealed class ImportRow(long number, string userId, object? source) : ChatResult(number, userId, source), IBulkRow<ImportRow>
{
    /// <summary>The nickname; null leaves it alone.</summary>
    internal string? Nick { get; init; }

    /// <summary>The address of the photo; null leaves it alone.</summary>
    internal string? FaceUrl { get; init; }

    public ImportRow MergeWith(ImportRow later) => new(later.Row, later.UserId, later.InputObject)
    {
        Nick = later.Nick ?? Nick,
        FaceUrl = later.FaceUrl ?? FaceUrl,
    };
}
