using TencentChat.Bulk;

namespace TencentChat.Operations.Accounts;

/// <summary>What became of one row that asked whether an account exists.</summary>
public sealed class AccountResult : ChatResult, IBulkRow<AccountResult>
{
    internal AccountResult(long number, string userId, object? source)
        : base(number, userId, source)
    {
    }

    /// <inheritdoc/>
    public override string UserId => base.UserId;

    /// <inheritdoc/>
    public override ChatResultStatus Status => base.Status;

    /// <summary><c>Imported</c> or <c>NotImported</c> (page 34956); null when the row did not succeed.</summary>
    public string? AccountStatus { get; internal set; }

    internal override bool OnlyReads => true;

    AccountResult IBulkRow<AccountResult>.MergeWith(AccountResult later) => later;
}
