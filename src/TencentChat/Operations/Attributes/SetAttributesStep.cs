using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Protocol;

namespace TencentChat.Operations.Attributes;

/// <summary>Sets attributes: those named, leaving the others of the account alone (pages 37170 and 60565).</summary>
internal sealed class SetAttributesStep(ChatConnection connection) : NamedAttributesStep(connection)
{
    public override ChatEndpoint Endpoint => Connection.IsTimPush ? ChatEndpoints.SetAttr : ChatEndpoints.ImSetAttr;

    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork> works)
    {
        var changes = new AttributeChange[works.Count];
        for (int i = 0; i < changes.Length; i++)
        {
            changes[i] = new AttributeChange(works[i].UserId, works[i].Names, works[i].Values);
        }

        RequestBodies.SetAttributes(writer, changes);
    }

    protected override bool IsSent(ChatResult row, int index) => row.Values[index] is not null;
}
