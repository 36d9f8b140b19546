using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Operations.Tags;

/// <summary>Reads the tags of users (pages 37172 and 60567).</summary>
internal sealed class GetTags(AttributeService service) : AccountCall<UserTagsResult>
{
    public override ChatEndpoint Endpoint { get; } = TagEndpoints.Of(service).Get;

    public override ChatError Silence => ClientErrors.AccountNotReturned;

    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork<UserTagsResult>> accounts) =>
        RequestBodies.ToAccount(writer, IdsOf(accounts));

    public override void OnItem(AccountWork<UserTagsResult> account, ReplyItem item)
    {
        if (item.Tags is null)
        {
            account.Fail(Silence, null);
            return;
        }

        foreach (UserTagsResult row in account.Rows)
        {
            row.Tags = [.. item.Tags.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }

        account.Succeed();
    }

    protected override UserTagsResult CreateRow(long number, string userId, object? source) => new(number, userId, source);
}
