using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Protocol;

namespace TencentChat.Operations.Attributes;

/// <summary>Removes attributes by name (pages 37171 and 60566), for rows that do nothing else or more than that.</summary>
internal abstract class RemoveAttributesCall<TRow>(AttributeService service, AttributeNameSource names) : NamedAttributesCall<TRow>(names)
    where TRow : ChatResult, IBulkRow<TRow>, IRemovesAttributes
{
    public override ChatEndpoint Endpoint { get; } = AttributeEndpoints.Of(service).Remove;

    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork<TRow>> accounts)
    {
        var removals = new AttributeRemoval[accounts.Count];
        for (int i = 0; i < removals.Length; i++)
        {
            removals[i] = accounts[i].Request.ToRemove;
        }

        RequestBodies.RemoveAttributes(writer, removals);
    }

    protected override IEnumerable<string> NamesIn(TRow row) => row.ToRemove.Names;
}
