using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Operations.Accounts;

/// <summary>Asks whether accounts exist (page 34956). An unknown account is no error.</summary>
internal sealed class CheckAccounts : AccountCall<AccountResult>
{
    public override ChatEndpoint Endpoint => ChatEndpoints.AccountCheck;

    public override ChatError Silence => ClientErrors.AccountNotReturned;

    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork<AccountResult>> accounts) =>
        RequestBodies.CheckItems(writer, IdsOf(accounts));

    public override void OnItem(AccountWork<AccountResult> account, ReplyItem item)
    {
        foreach (AccountResult row in account.Rows)
        {
            row.AccountStatus = item.AccountStatus;
        }

        account.Succeed();
    }

    protected override AccountResult CreateRow(long number, string userId, object? source) => new(number, userId, source);
}
