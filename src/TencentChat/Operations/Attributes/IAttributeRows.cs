using TencentChat.Errors;

namespace TencentChat.Operations.Attributes;

/// <summary>Makes rows that bring attribute values.</summary>
internal interface IAttributeRows<out TRow>
{
    /// <summary>Whether it matters which columns a row has that are not used.</summary>
    bool IsAboutAllColumns { get; }

    /// <summary>Makes a row; it comes settled when it cannot be right, or asks for nothing.</summary>
    /// <param name="number">The row's number in the input, from 1.</param>
    /// <param name="userId">The account; empty when the row names none.</param>
    /// <param name="source">The row as it came.</param>
    /// <param name="names">The attributes; the array may be shared between rows.</param>
    /// <param name="values">What each cell says, by position; empty for an empty cell, null for none.</param>
    /// <param name="columns">All columns that the row has, also those that are not used.</param>
    TRow NewRow(long number, string userId, object? source, string[] names, string?[] values, IReadOnlyList<string> columns);

    /// <summary>Makes a row that is wrong in itself: it keeps its place and is not sent.</summary>
    TRow NewFailedRow(long number, string userId, object? source, ChatError error, string message);
}
