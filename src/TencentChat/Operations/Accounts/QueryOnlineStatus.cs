using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Operations.Accounts;

/// <summary>Asks whether accounts are online, 500 a call (page 35477).</summary>
/// <param name="withPlatforms">Asks for the devices too.</param>
internal sealed class QueryOnlineStatus(bool withPlatforms) : AccountCall<OnlineStatusResult>
{
    public override ChatEndpoint Endpoint => ChatEndpoints.QueryOnlineStatus;

    public override ChatError Silence => ClientErrors.AccountNotReturned;

    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork<OnlineStatusResult>> accounts) =>
        RequestBodies.OnlineStatus(writer, IdsOf(accounts), withPlatforms);

    public override void OnItem(AccountWork<OnlineStatusResult> account, ReplyItem item)
    {
        var platforms = new ResultList<OnlinePlatform>([.. item.Details ?? []]);
        foreach (OnlineStatusResult row in account.Rows)
        {
            row.State = item.OnlineState;
            row.Platforms = platforms;
        }

        account.Succeed();
    }

    protected override OnlineStatusResult CreateRow(long number, string userId, object? source) => new(number, userId, source);
}
