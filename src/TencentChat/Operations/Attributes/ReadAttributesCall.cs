using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Operations.Attributes;

/// <summary>Reads the attributes of accounts (pages 37169 and 60564) into rows of one kind or another.</summary>
internal abstract class ReadAttributesCall<TRow>(AttributeService service) : AccountCall<TRow>
    where TRow : UserAttributesResult, IBulkRow<TRow>
{
    public override ChatEndpoint Endpoint { get; } = AttributeEndpoints.Of(service).Get;

    public override ChatError Silence => ClientErrors.AccountNotReturned;

    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork<TRow>> accounts) =>
        RequestBodies.ToAccount(writer, IdsOf(accounts));

    public override void OnItem(AccountWork<TRow> account, ReplyItem item)
    {
        if (item.Attributes is null)
        {
            account.Fail(Silence, null);
            return;
        }

        foreach (TRow row in account.Rows)
        {
            row.Attributes = item.Attributes;
        }

        account.Succeed();
    }
}
