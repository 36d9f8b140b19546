using TencentChat.Bulk;

namespace TencentChat.Operations.Accounts;

/// <summary>What became of one row that asked whether an account exists.</summary>
/// <param name="row">The row's number in the input, from 1.</param>
/// <param name="userId">The account.</param>
/// <param name="inputObject">The row as it came.</param>
public sealed class AccountResult(long row, string userId, object? inputObject) : ChatResult(row, userId, inputObject)
{
    /// <summary><c>Imported</c> or <c>NotImported</c> (page 34956); null when the row did not succeed.</summary>
    public string? AccountStatus { get; internal set; }
}
