using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Operations.Accounts;

/// <summary>Deletes accounts for ever (page 34955).</summary>
internal sealed class DeleteAccountsStep : AccountStep
{
    private const int AccountDoesNotExist = 70107;

    public override ChatEndpoint Endpoint => ChatEndpoints.AccountDelete;

    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork> works) =>
        RequestBodies.DeleteItems(writer, UserIds.Of(works));

    // The answer lists every account; what it leaves out may have been deleted or not.
    public override ServiceError JudgeSilence(AccountWork work) => ClientErrors.NoResultForAccount;

    public override bool IsDoneAlready(AccountWork work, ServiceError error) => work.IsUnclear && error.Code == AccountDoesNotExist;
}
