using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Operations.Accounts;

/// <summary>Ends a user's logins and makes all of the user's earlier signatures worthless, one user a call (page 34957).</summary>
internal sealed class RevokeLoginStep(ChatConnection connection) : AccountStep
{
    public override ChatEndpoint Endpoint => ChatEndpoints.Kick;

    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork> works) =>
        RequestBodies.Kick(writer, works[0].UserId);

    // The answer names nobody. The connection's own signature dies with those of its admin.
    public override ServiceError? JudgeSilence(AccountWork work)
    {
        if (work.UserId == connection.AdminUserId)
        {
            connection.RenewUserSig();
        }

        return null;
    }
}
