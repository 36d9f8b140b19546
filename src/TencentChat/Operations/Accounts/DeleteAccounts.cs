using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Operations.Accounts;

/// <summary>Deletes accounts permanently (page 34955).</summary>
/// <param name="adminUserId">The admin in whose name the calls are made; its own account is not deleted.</param>
internal sealed class DeleteAccounts(string adminUserId) : AccountCall<ChatResult>
{
    private const int AccountDoesNotExist = 70107;

    public override ChatEndpoint Endpoint => ChatEndpoints.AccountDelete;

    // The answer lists every account; what it leaves out may have been deleted or not.
    public override ChatError Silence => ClientErrors.NoResultForAccount;

    public override ChatResult NewRow(long number, string userId, object? source)
    {
        ChatResult row = base.NewRow(number, userId, source);

        // Whether the service tells accounts apart by case is documented nowhere.
        if (userId.Equals(adminUserId, StringComparison.OrdinalIgnoreCase))
        {
            row.Fail(ClientErrors.OwnAdminAccount);
        }

        return row;
    }

    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork<ChatResult>> accounts) =>
        RequestBodies.DeleteItems(writer, IdsOf(accounts));

    public override bool IsDoneAlready(AccountWork<ChatResult> account, ChatError error) => account.IsUnclear && error.Code == AccountDoesNotExist;

    protected override ChatResult CreateRow(long number, string userId, object? source) => new(number, userId, source);
}
