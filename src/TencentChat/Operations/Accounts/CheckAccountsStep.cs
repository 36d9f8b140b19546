using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Operations.Accounts;

/// <summary>Asks whether accounts exist (page 34956). An unknown account is no error.</summary>
internal sealed class CheckAccountsStep : AccountStep
{
    public override ChatEndpoint Endpoint => ChatEndpoints.AccountCheck;

    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork> works) =>
        RequestBodies.CheckItems(writer, UserIds.Of(works));

    public override void OnItem(AccountWork work, ReplyItem item)
    {
        foreach (ChatResult row in work.Rows)
        {
            ((AccountResult)row).AccountStatus = item.AccountStatus;
        }

        work.Succeed();
    }

    public override ServiceError JudgeSilence(AccountWork work) => ClientErrors.AccountNotReturned;
}
