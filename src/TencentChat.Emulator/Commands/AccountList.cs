using System.Text.Json;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;

namespace TencentChat.Emulator.Commands;

/// <summary>Reads the accounts of a call and sees to duplicates.</summary>
internal sealed class AccountList(Call call, RequestBody body)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>An account of an attribute or status call.</summary>
    public string Read(JsonElement value)
    {
        int notStringCode = call.Endpoint.Service == Service.Status ? Codes.BadAccount : call.Questions.AccountNotStringCode;
        int emptyCode = call.Endpoint.Service == Service.Status ? Codes.BadAccount : call.Questions.EmptyAccountCode;
        return Read(value, notStringCode, emptyCode);
    }

    /// <summary>The accounts of an array.</summary>
    public List<string> ReadAll(JsonElement array, int limit, int tooManyCode)
    {
        var accounts = new List<string>();
        foreach (JsonElement item in body.Items(array, limit, tooManyCode))
        {
            accounts.Add(Read(item));
        }

        return accounts;
    }

    /// <summary>An account of the login service.</summary>
    public string ReadUserId(JsonElement value, bool mayRepeat = false) =>
        Read(value, call.Questions.AccountNotStringCode, call.Questions.BadUserIdCode, mayRepeat);

    /// <summary>The account of a call for one: <c>UserID</c>, or <c>Identifier</c> as older pages have it.</summary>
    public string ReadUserId(JsonElement userId, JsonElement identifier)
    {
        bool isOldForm = userId.ValueKind == JsonValueKind.Undefined;
        return isOldForm || identifier.ValueKind == JsonValueKind.Undefined
            ? ReadUserId(isOldForm ? identifier : userId)
            : throw call.BadBody("both UserID and Identifier");
    }

    private string Read(JsonElement value, int notStringCode, int emptyCode, bool mayRepeat = false)
    {
        if (value.ValueKind is JsonValueKind.Undefined)
        {
            throw Call.Refuse(emptyCode);
        }

        string account = body.TryText(value) ?? throw Call.Refuse(notStringCode);
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
