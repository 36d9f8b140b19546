using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.Protocol;

namespace TencentChat.Operations.Sync;

/// <summary>The second half of a change: the attributes to remove.</summary>
internal sealed class SyncRemoveStep(ChatConnection connection) : NamedAttributesStep(connection)
{
    public override ChatEndpoint Endpoint => Connection.IsTimPush ? ChatEndpoints.RemoveAttr : ChatEndpoints.ImRemoveAttr;

    // The two halves of a change belong together.
    public override bool MayPartRows => false;

    public static bool Concerns(AccountWork work) => !work.IsSettled && work.Values.Contains(SyncOperation.Remove);

    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork> works) =>
        RequestBodies.RemoveAttributes(writer, works.Select(work => new AttributeRemoval(
            work.UserId, work.Names.Where((_, index) => work.Values[index] == SyncOperation.Remove).ToArray())).ToArray());

    public override void OnDone(AccountWork work)
    {
        foreach (ChatResult row in work.Rows)
        {
            ((SyncResult)row).MarkDone(AttributeAction.Remove);
        }

        work.Succeed();
    }

    protected override bool IsSent(ChatResult row, int index) => row.Values[index] == SyncOperation.Remove;
}
