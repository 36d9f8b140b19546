using System.Runtime.CompilerServices;
using TencentChat.Errors;

namespace TencentChat.Bulk;

/// <summary>
/// What became of one input row. Flat, so that it exports and filters well; <see cref="InputObject"/> carries the row itself.
/// What adds properties of its own overrides <see cref="UserId"/> and <see cref="Status"/>: the properties of a class come before
/// those that it inherits, and a table in which the user is not among the first columns reads badly.
/// </summary>
public class ChatResult : IBulkRow<ChatResult>
{
    /// <param name="number">The row's number in the input, from 1.</param>
    /// <param name="userId">The account the row is about; empty when the row named none.</param>
    /// <param name="source">The row as it came.</param>
    internal ChatResult(long number, string userId, object? source)
    {
        Row = number;
        UserId = userId;
        Source = source;
    }

    /// <summary>The account the row is about; empty when the row named none.</summary>
    public virtual string UserId { get; }

    /// <summary>What became of the row.</summary>
    public virtual ChatResultStatus Status { get; private set; }

    /// <summary>
    /// The stable word for the failure (see <c>about_TencentChat_Errors</c>), or for what kept a row from being sent that is to be
    /// run again, such as <c>RunStopped</c>; null when there is nothing to do about the row.
    /// </summary>
    public string? ErrorId => Error?.ErrorId;

    /// <summary>The service's code for the failure; 0 when there was none or it did not come from the service.</summary>
    public int ErrorCode => Error?.Code ?? 0;

    /// <summary>What happened and what to do about it; null when there is nothing to say.</summary>
    public string? Message { get; private set; }

    /// <summary>How many calls carried the row; 0 when it was never sent.</summary>
    public int Attempts { get; private set; }

    /// <summary>The number of the batch the row went with, from 1.</summary>
    public int Batch { get; internal set; }

    /// <summary>The row's number in the input, from 1.</summary>
    public long Row { get; }

    /// <summary>The row as it came; what the cmdlets take when a result is piped back in.</summary>
    public object? InputObject
    {
        get
        {
            if (Source is PackedRow packed)
            {
                Source = packed.Unpack();
            }

            return Source;
        }
    }

    /// <summary>The row as it is kept, perhaps as a <see cref="PackedRow"/>.</summary>
    internal object? Source { get; private set; }

    /// <summary>The error behind <see cref="ErrorId"/>, with its advice; null when there was none.</summary>
    internal ChatError? Error { get; private set; }

    /// <summary>Whether the row's calls change nothing, so that its effect is never in doubt.</summary>
    internal virtual bool OnlyReads => false;

    /// <summary>What is to be told of a row that needs no other message.</summary>
    private protected string? Note { get; set; }

    /// <summary>Whether the row's fate is sealed. Until then it may still be sent.</summary>
    internal bool IsSettled => Status != ChatResultStatus.Pending;

    ChatResult IBulkRow<ChatResult>.MergeWith(ChatResult later) => later;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Settle(ChatResultStatus status, int attempts = 0, string? message = null, ChatError? error = null)
    {
        if (IsSettled || status == ChatResultStatus.Pending)
        {
            throw new InvalidOperationException($"Row {Row} cannot go from {Status} to {status}.");
        }

        Attempts = attempts;
        Message = message ?? (status is ChatResultStatus.Succeeded or ChatResultStatus.Unchanged ? Note : null);
        Error = error;
        Status = status;
    }

    /// <summary>The row is wrong in itself, and will not be sent.</summary>
    /// <param name="error">What is wrong.</param>
    /// <param name="where">Where in the row; null for the row as a whole.</param>
    internal void Fail(ChatError error, string? where = null) => Settle(ChatResultStatus.Failed, 0, error.Describe(where), error);

    /// <summary>Settles the row as another one that stood for it.</summary>
    internal void SettleLike(ChatResult other) => Settle(other.Status, other.Attempts, other.Message, other.Error);

    /// <inheritdoc/>
    public override string ToString() => $"{UserId}: {Status}";
}
