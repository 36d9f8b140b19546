using System.Runtime.CompilerServices;
using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Protocol;

namespace TencentChat.Operations.Attributes;

/// <summary>Sets attributes (pages 37170 and 60565), for rows that do nothing else or more than that.</summary>
internal abstract class SetAttributesCall<TRow>(AttributeService service, AttributeNameSource names) : NamedAttributesCall<TRow>(names)
    where TRow : ChatResult, IBulkRow<TRow>, ISetsAttributes
{
    public override ChatEndpoint Endpoint { get; } = AttributeEndpoints.Of(service).Set;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork<TRow>> accounts)
    {
        var changes = new AttributeChange[accounts.Count];
        for (int i = 0; i < changes.Length; i++)
        {
            changes[i] = accounts[i].Request.ToSet;
        }

        RequestBodies.SetAttributes(writer, changes);
    }

    protected override IEnumerable<string> NamesIn(TRow row)
    {
        AttributeChange change = row.ToSet;
        return change.Names.Where((_, index) => change.Values[index] is not null);
    }
}
