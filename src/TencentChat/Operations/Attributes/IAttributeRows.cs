using TencentChat.Errors;

namespace TencentChat.Operations.Attributes;

/// <summary>Makes rows that bring attribute values.</summary>
internal interface IAttributeRows<out TRow>
{
    /// <summary>Makes a row; it comes settled when it cannot be right, or asks for nothing.</summary>
    /// <param name="number">The row's number in the input, from 1.</param>
    /// <param name="userId">The account; empty when the row names none.</param>
    /// <param name="source">The row as it came.</param>
    /// <param name="names">The attributes; the array may be shared between rows.</param>
    /// <param name="values">The value of each, by position; null for an empty cell.</param>
    TRow NewRow(long number, string userId, object? source, string[] names, string?[] values);

    /// <summary>Makes a row that is wrong in itself: it keeps its place and is not sent.</summary>
    TRow NewFailedRow(long number, string userId, object? source, ChatError error, string message);
}
