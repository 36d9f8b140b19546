using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Protocol;

namespace TencentChat.Operations.Accounts;

/// <summary>Imports accounts; those that exist get the nickname and the photo that are given (page 34954).</summary>
internal sealed class ImportAccounts : AccountCall<ImportRow>
{
    public override ChatEndpoint Endpoint => ChatEndpoints.MultiAccountImport;

    public override bool CanPartRows => true;

    /// <param name="number">The row's number in the input, from 1.</param>
    /// <param name="userId">The account.</param>
    /// <param name="source">The row as it came.</param>
    /// <param name="nick">The nickname; null or empty leaves it alone.</param>
    /// <param name="faceUrl">The address of the photo; null or empty leaves it alone.</param>
    public static ImportRow NewRow(long number, string userId, object? source, string? nick, string? faceUrl)
    {
        ImportRow row = Checked(new ImportRow(number, userId, source)
        {
            Nick = string.IsNullOrEmpty(nick) ? null : nick,
            FaceUrl = string.IsNullOrEmpty(faceUrl) ? null : faceUrl,
        });
        if (!row.IsSettled && (RowRules.CheckProfile(row.Nick) ?? RowRules.CheckProfile(row.FaceUrl)) is { } error)
        {
            row.Fail(error, "Nick or FaceUrl");
        }

        return row;
    }

    // The form with profiles is the younger one; a call that has none to send keeps to the form that every edition knows.
    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork<ImportRow>> accounts)
    {
        if (accounts.All(account => account.Request is { Nick: null, FaceUrl: null }))
        {
            RequestBodies.Accounts(writer, IdsOf(accounts));
            return;
        }

        RequestBodies.AccountList(writer, accounts.Select(account => new AccountProfile(account.UserId, account.Request.Nick, account.Request.FaceUrl)).ToArray());
    }

    protected override ImportRow CreateRow(long number, string userId, object? source) => new(number, userId, source);
}
