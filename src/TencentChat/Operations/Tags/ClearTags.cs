using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Protocol;

namespace TencentChat.Operations.Tags;

/// <summary>Removes all tags of users (pages 37175 and 60570).</summary>
internal sealed class ClearTags(AttributeService service) : AccountCall<ChatResult>
{
    public override ChatEndpoint Endpoint { get; } = TagEndpoints.Of(service).Clear;

    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork<ChatResult>> accounts) =>
        RequestBodies.ToAccount(writer, IdsOf(accounts));

    protected override ChatResult CreateRow(long number, string userId, object? source) => new(number, userId, source);
}
