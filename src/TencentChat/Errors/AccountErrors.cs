using static TencentChat.Errors.ErrorKinds;

namespace TencentChat.Errors;

/// <summary>The codes of signature checks and accounts, 70000–79999 (page 34348).</summary>
internal static class AccountErrors
{
    internal static IEnumerable<ChatError> All =>
    [
        .. Signatures,
        .. Accounts,
        .. Plans,
    ];

    private static IEnumerable<ChatError> Signatures =>
    [
        UserSigExpired.Of(70001, "The signature has expired."),
        InvalidUserSig.Of(70002, "The signature is empty."),
        .. InvalidUserSig.OfEach(
            "The signature is damaged or not a signature.", 70003, 70004, 70005, 70006, 70007, 70008, 70010),
        WrongKey.Of(70009, "The signature was made with the secret key of another app."),

        // Inside the range of signature checks, described by no page.
        .. InvalidUserSig.OfEach("The signature was not accepted.", 70011, 70012),
        InvalidUserSig.Of(70013, "The signature was made for another user than the admin that calls."),
        InvalidUserSig.Of(70014, "The signature was made for another app."),
        InvalidUserSig.Of(70015, "The app has no way to check this kind of signature."),

        // The new list adds the wrong data centre as a cause of both; it is the likelier one for a key copied from the console.
        WrongRegion.Of(70016, "The data centre that was called has no key of the app."),
        (InvalidUserSig with { RenewsUserSig = true, IsWorthOneRepeat = true }).Of(70017, "The check of the login ticket failed."),
        .. InvalidUserSig.OfEach("The login ticket was not accepted.", 70018, 70019),
        WrongRegion.Of(70020, "The data centre that was called does not know the app."),
        Unknown.Of(70032, "Undocumented; it has been seen as the answer to a signature that was a placeholder."),

        // A new signature would not help, and another wrong one makes it worse: waiting is the cure.
        (Throttled with { Advice = "Wait one minute, and check the signature or the secret key." }).Of(
            70050, "Too many signatures were refused."),
        AdminBlocked.Of(70051, "The account that calls is on the service's block list."),
        UserSigExpired.Of(70052, "The signature was made invalid."),
        InvalidUserSig.Of(70346, "The signature's ticket was not accepted; the app may still use the old kind of signature."),
        UserSigExpired.Of(70347, "The signature's ticket has expired; the app may still use the old kind of signature."),
    ];

    private static IEnumerable<ChatError> Accounts =>
    [
        .. InvalidUserId.OfEach(
            "The account's data are malformed.", 70101, 70102, 70103, 70104, 70105, 70106, 70145),
        NotFound.Of(70107, "The account does not exist or was not imported."),
        .. TooManyAccounts.OfEach("The number of accounts in the call is not valid.", 70113, 70206),
        Throttled.Of(70114, "The service limits the operation for reasons of security: too frequent."),
        .. Busy.OfEach("The account service timed out.", 70169, 70202),
        .. Fault.OfEach(
            "The account service had an internal error.",
            70201, 70203, 70207, 70208, 70212, 70213, 70222, 70225, 70231, 70308, 70348, 70362, 70401, 70500),

        // "Parameters illegal" is also what the account commands are likely to answer to a bad user id or too many of them.
        (InvalidRequest with { IsRequestContent = true }).Of(70402, "A parameter is not valid, such as a user id."),
        NotAdmin.Of(70403, "The account service wants an app admin."),
        InvalidRequest.Of(70404, "The SDK version is too old for the service."),
    ];

    private static IEnumerable<ChatError> Plans =>
    [
        // Does not end a run: accounts that exist already can still be imported again (updated), so the call is split instead.
        (TrialLimit with
        {
            EndsRun = false,
            IsRequestContent = true,
            Advice = "Delete accounts that are not needed, or move the app to a paid edition.",
        }).Of(70398, "A trial app cannot have more than 100 accounts."),

        // Between plan and conflict in nature; a conflict would be worth a repeat, which three months rule out.
        RecentlyDeleted.Of(70399, "The account was deleted less than three months ago and cannot be imported yet."),
        DeletionOff.Of(71000, "Deleting accounts is not enabled for the app."),
        .. Quota.OfEach("The app's free active users are used up.", 72000, 72002),
        .. FeatureOff.OfEach("The feature is switched off in the console.", 72001, 72011, 72012),
        Throttled.Of(72010, "An operation was repeated too often for one user."),
    ];
}
