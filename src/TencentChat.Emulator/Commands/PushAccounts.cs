using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator.Commands;

/// <summary>What the commands of both push families share: which accounts they find, and how they say that one is missing.</summary>
internal static class PushAccounts
{
    /// <summary>The accounts of a body that holds nothing else.</summary>
    public static List<string> Read(Call call)
    {
        using var body = RequestBody.Open(call);
        return new AccountList(call, body).ReadAll(body.Member(body.Root, "To_Account"), Limits.Accounts, Codes.TooManyAccounts);
    }

    /// <summary>Whether a call may read or write an account as it stands. Under the state's lock.</summary>
    public static bool Exists(Call call, string account) =>
        CanName(call, account) && call.State.Find(account) is not null;

    /// <summary>Whether an account can be told of a push. Under the state's lock.</summary>
    public static bool CanReach(Call call, Account account) => !account.IsDeleted && CanName(call, account.UserId);

    /// <summary>Whether a write may bring an account into being that was never seen. Under the state's lock.</summary>
    public static bool CanBeMade(Call call, string account) =>
        call.Options.UnknownAccounts == UnknownAccounts.Create
        && CanName(call, account)
        && (Account.IsRegistrationId(account) || call.State.IsUserId(account))
        && call.State.FindEver(account) is null;

    /// <summary>Says that an account is missing, as its family does: in the list of errors, by refusing the call, or not at all.</summary>
    public static void TellMissing(Call call, string account, List<AccountError> errors)
    {
        if (HasErrorList(call))
        {
            errors.Add(new AccountError(account, Codes.AccountMissing));
            return;
        }

        switch (call.Questions.MissingAccountInAllMemberPush)
        {
            case MissingAccountAnswer.Fail90048:
                throw Call.Refuse(Codes.PushAccountMissing);
            case MissingAccountAnswer.Fail70107:
                throw Call.Refuse(Codes.AccountMissing);
            default:
                break;
        }
    }

    public static bool HasErrorList(Call call) => call.Endpoint.Service == Service.TimPush;

    // Only the Push service knows registered devices; to the other family a RegistrationID is no account.
    private static bool CanName(Call call, string account) =>
        call.Endpoint.Service == Service.TimPush || !Account.IsRegistrationId(account);
}
