using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Operations.Attributes;

/// <summary>Reads the attributes of accounts (pages 37169 and 60564).</summary>
internal sealed class GetAttributesStep(ChatConnection connection) : AccountStep
{
    public override ChatEndpoint Endpoint => connection.IsTimPush ? ChatEndpoints.GetAttr : ChatEndpoints.ImGetAttr;

    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork> works) =>
        RequestBodies.ToAccount(writer, UserIds.Of(works));

    public override void OnItem(AccountWork work, ReplyItem item)
    {
        foreach (ChatResult row in work.Rows)
        {
            ((UserAttributesResult)row).Attributes = item.Attributes ?? [];
        }

        work.Succeed();
    }

    public override ServiceError JudgeSilence(AccountWork work) => ClientErrors.AccountNotReturned;
}
