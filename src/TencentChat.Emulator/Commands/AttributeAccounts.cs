using System.Text.Json;

namespace TencentChat.Emulator;

/// <summary>An account of a call that could not be served while others were.</summary>
internal readonly record struct AccountError(string Account, int Code);

/// <summary>What the attribute commands of both families share: which accounts they find, and how they say that one is missing.</summary>
internal static class AttributeAccounts
{
    public const int MaxAccounts = 100;
    public const int TooMany = 90018;
    public const int Missing = 70107;

    /// <summary>Whether a call may read or write an account as it stands. Under the state's lock.</summary>
    public static bool Exists(Call call, string account) =>
        CanName(call, account) && call.State.Find(account) is not null;

    /// <summary>Whether setting attributes may bring an account into being that was never seen. Under the state's lock.</summary>
    public static bool CanBeMade(Call call, string account) =>
        call.Options.UnknownAccounts == UnknownAccounts.Create
        && CanName(call, account)
        && (Account.IsRegistrationId(account) || call.State.IsUserId(account))
        && call.State.FindEver(account) is null;

    /// <summary>What <c>all_member_push</c> does about a missing account: fails the call, or goes on.</summary>
    public static void RefuseMissing(Call call)
    {
        switch (call.Questions.MissingAccountInAllMemberPush)
        {
            case MissingAccountAnswer.Fail90048:
                throw Call.Refuse(90048);
            case MissingAccountAnswer.Fail70107:
                throw Call.Refuse(Missing);
            default:
                break;
        }
    }

    public static bool HasErrorList(Call call) => call.Endpoint.Service == Service.TimPush;

    public static void WriteErrorList(Call call, Utf8JsonWriter json, List<AccountError> errors)
    {
        if (!ReplyLists.Begin(call, json, "ErrorList", errors.Count))
        {
            return;
        }

        foreach (var error in errors)
        {
            json.WriteStartObject();
            json.WriteString("To_Account"u8, error.Account);
            json.WriteNumber("ErrorCode"u8, error.Code);
            json.WriteString("ErrorInfo"u8, ErrorTexts.Of(error.Code));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Only the Push service knows registered devices; to the other family a RegistrationID is no account.
    private static bool CanName(Call call, string account) =>
        call.Endpoint.Service == Service.TimPush || !Account.IsRegistrationId(account);
}
