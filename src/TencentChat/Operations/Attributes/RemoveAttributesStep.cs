using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Protocol;

namespace TencentChat.Operations.Attributes;

/// <summary>Removes attributes by name (pages 37171 and 60566).</summary>
internal sealed class RemoveAttributesStep(ChatConnection connection) : NamedAttributesStep(connection)
{
    public override ChatEndpoint Endpoint => Connection.IsTimPush ? ChatEndpoints.RemoveAttr : ChatEndpoints.ImRemoveAttr;

    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork> works)
    {
        var removals = new AttributeRemoval[works.Count];
        for (int i = 0; i < removals.Length; i++)
        {
            removals[i] = new AttributeRemoval(works[i].UserId, works[i].Names);
        }

        RequestBodies.RemoveAttributes(writer, removals);
    }

    protected override bool IsSent(ChatResult row, int index) => true;
}
