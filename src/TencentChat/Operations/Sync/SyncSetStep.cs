using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.Protocol;

namespace TencentChat.Operations.Sync;

/// <summary>The first half of a change: the values to set. The account is done when there is nothing to remove.</summary>
internal sealed class SyncSetStep(ChatConnection connection) : NamedAttributesStep(connection)
{
    public override ChatEndpoint Endpoint => Connection.IsTimPush ? ChatEndpoints.SetAttr : ChatEndpoints.ImSetAttr;

    // The two halves of a change belong together.
    public override bool MayPartRows => false;

    public static bool Concerns(AccountWork work) => Array.Exists(work.Values, value => !string.IsNullOrEmpty(value));

    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork> works) =>
        RequestBodies.SetAttributes(writer, works.Select(work => new AttributeChange(
            work.UserId, work.Names, Array.ConvertAll(work.Values, value => value == SyncOperation.Remove ? null : value))).ToArray());

    public override void OnDone(AccountWork work)
    {
        foreach (ChatResult row in work.Rows)
        {
            ((SyncResult)row).MarkDone(AttributeAction.Set);
        }

        if (SyncRemoveStep.Concerns(work))
        {
            work.DoneSoFar = "the values were set";
        }
        else
        {
            work.Succeed();
        }
    }

    protected override bool IsSent(ChatResult row, int index) => !string.IsNullOrEmpty(row.Values[index]);
}
