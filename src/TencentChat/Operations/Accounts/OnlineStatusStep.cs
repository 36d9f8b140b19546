using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Operations.Accounts;

/// <summary>Asks whether accounts are online, 500 a call (page 35477).</summary>
internal sealed class OnlineStatusStep(bool withPlatforms) : AccountStep
{
    public override ChatEndpoint Endpoint => ChatEndpoints.QueryOnlineStatus;

    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork> works) =>
        RequestBodies.OnlineStatus(writer, UserIds.Of(works), withPlatforms);

    public override void OnItem(AccountWork work, ReplyItem item)
    {
        foreach (ChatResult row in work.Rows)
        {
            var result = (OnlineStatusResult)row;
            result.State = item.OnlineState;
            result.Platforms = item.Details ?? [];
        }

        work.Succeed();
    }

    public override ServiceError JudgeSilence(AccountWork work) => ClientErrors.AccountNotReturned;
}
