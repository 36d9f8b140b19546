using System.Text.Json;

namespace TencentChat.Emulator;

/// <summary>Reads the accounts of a call and sees to duplicates.</summary>
internal sealed class AccountList(Call call, RequestBody body)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>An account of an attribute or status call.</summary>
    public string Read(JsonElement value)
    {
        var notStringCode = call.Endpoint.Service == Service.Status ? 90003 : call.Questions.AccountNotStringCode;
        var emptyCode = call.Endpoint.Service == Service.Status ? 90003 : call.Questions.EmptyAccountCode;
        return Read(value, notStringCode, emptyCode);
    }

    /// <summary>An account of the login service.</summary>
    public string ReadUserId(JsonElement value, bool mayRepeat = false) =>
        Read(value, call.Questions.AccountNotStringCode, call.Questions.BadUserIdCode, mayRepeat);

    private string Read(JsonElement value, int notStringCode, int emptyCode, bool mayRepeat = false)
    {
        if (value.ValueKind is JsonValueKind.Undefined)
        {
            throw Call.Refuse(emptyCode);
        }

        var account = body.TryText(value) ?? throw Call.Refuse(notStringCode);
        if (account.Length == 0)
        {
            throw Call.Refuse(emptyCode);
        }

        call.Note(account);
        if (!_seen.Add(account) && !mayRepeat && call.Questions.DuplicateAccountInCall == DuplicateAccount.Refuse)
        {
            throw call.BadBody("an account stands there twice");
        }

        return account;
    }
}
