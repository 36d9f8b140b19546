using System.Security.Cryptography;
using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Operations.Push;

/// <summary>
/// Pushes one notification to named users, 500 a call (page 67553). No user gets it twice: not after an unclear answer (P13),
/// and not when the user comes in two rows.
/// </summary>
internal sealed class PushToUsers(PushContent content) : AccountCall<UserPushResult>
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public override ChatEndpoint Endpoint => ChatEndpoints.TimPushBatch;

    public override bool IsRepeatable => false;

    /// <summary>Makes a random number for one push.</summary>
    public static uint NewMsgRandom() => BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));

    // One thread makes the rows, in input order.
    public override UserPushResult NewRow(long number, string userId, object? source)
    {
        UserPushResult row = base.NewRow(number, userId, source);
        if (!row.IsSettled && !_seen.Add(userId))
        {
            row.Settle(ChatResultStatus.Skipped, 0, "Not sent: an earlier row names the same user, and a push goes to a user once.");
        }

        return row;
    }

    // Most errors advise to run the rows again.
    public override ChatError OfUnclear(ChatError error) => error with
    {
        Meaning = $"{error.Meaning} The push may have reached the user, so it was not repeated.",
        Advice = "Run the row again only if the user may get the push twice.",
    };

    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork<UserPushResult>> accounts)
    {
        // A repeat is only made of what was surely not done, so it may have a number of its own.
        uint msgRandom = NewMsgRandom();
        foreach (AccountWork<UserPushResult> account in accounts)
        {
            foreach (UserPushResult row in account.Rows)
            {
                row.MsgRandom = msgRandom;
            }
        }

        PushBodies.Batch(writer, content, msgRandom, IdsOf(accounts));
    }

    public override void OnReply(ChatReply reply, IReadOnlyList<AccountWork<UserPushResult>> accounts)
    {
        foreach (AccountWork<UserPushResult> account in accounts)
        {
            foreach (UserPushResult row in account.Rows)
            {
                row.AnsweredTaskId = reply.TaskId;
            }
        }
    }

    protected override UserPushResult CreateRow(long number, string userId, object? source) => new(number, userId, source);
}
