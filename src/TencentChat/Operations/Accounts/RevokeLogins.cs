using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Protocol;
using TencentChat.Signing;

namespace TencentChat.Operations.Accounts;

/// <summary>Ends a user's logins and invalidates all of the user's earlier signatures, one user a call (page 34957).</summary>
/// <param name="signature">The connection's own signature, which is invalidated with those of its admin.</param>
/// <param name="time">The clock.</param>
internal sealed class RevokeLogins(UserSigSource signature, TimeProvider time) : AccountCall<ChatResult>
{
    public override ChatEndpoint Endpoint => ChatEndpoints.Kick;

    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork<ChatResult>> accounts) =>
        RequestBodies.Kick(writer, accounts[0].UserId);

    public override void OnDone(AccountWork<ChatResult> account)
    {
        if (account.UserId == signature.UserId)
        {
            DateTimeOffset now = time.GetUtcNow();
            signature.TryRenew(signature.Get(now), now);
        }

        account.Succeed();
    }

    protected override ChatResult CreateRow(long number, string userId, object? source) => new(number, userId, source);
}
