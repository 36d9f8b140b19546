using TencentChat.Bulk;

namespace TencentChat.Operations.Push;

/// <summary>What became of one row that named a user to push to.</summary>
public sealed class UserPushResult : ChatResult, IBulkRow<UserPushResult>
{
    internal UserPushResult(long number, string userId, object? source)
        : base(number, userId, source)
    {
    }

    /// <inheritdoc/>
    public override string UserId => base.UserId;

    /// <inheritdoc/>
    public override ChatResultStatus Status => base.Status;

    /// <summary>What the push that carried the user is known by; null when it did not take the user, or when no answer told.</summary>
    public string? TaskId => Status == ChatResultStatus.Failed ? null : AnsweredTaskId;

    /// <summary>The number by which the service knows a repeat of the call that carried the user; 0 when none did.</summary>
    public uint MsgRandom { get; internal set; }

    internal string? AnsweredTaskId { get; set; }

    UserPushResult IBulkRow<UserPushResult>.MergeWith(UserPushResult later) => later;
}
