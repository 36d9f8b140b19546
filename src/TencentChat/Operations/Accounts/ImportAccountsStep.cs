using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Protocol;

namespace TencentChat.Operations.Accounts;

/// <summary>Imports accounts; those that exist get the nickname and the photo that are given (page 34954).</summary>
internal sealed class ImportAccountsStep : AccountStep
{
    /// <summary>The names under which a row carries its profile.</summary>
    public static readonly string[] ProfileNames = ["Nick", "FaceUrl"];

    public override ChatEndpoint Endpoint => ChatEndpoints.MultiAccountImport;

    // The form with profiles is the younger one; a call that has none to send keeps to the form that every edition knows.
    public override void WriteBody(Utf8JsonWriter writer, IReadOnlyList<AccountWork> works)
    {
        if (works.All(work => Array.TrueForAll(work.Values, value => value is null)))
        {
            RequestBodies.Accounts(writer, UserIds.Of(works));
            return;
        }

        RequestBodies.AccountList(writer, works.Select(work => new AccountProfile(work.UserId, work.Values[0], work.Values[1])).ToArray());
    }
}
