using static TencentChat.Errors.ErrorKinds;

namespace TencentChat.Errors;

/// <summary>
/// The codes of the services that hold data: relations (3xxxx), profiles (4xxxx), recent contacts (5xxxx), content (8xxxx),
/// messages and push (9xxxx), and a few of their neighbours (pages 34348, 74196).
/// </summary>
internal static class DataServiceErrors
{
    // A push has a condition and no rows: there is nothing to split.
    private static readonly ErrorKind s_pushCondition = InvalidTag with
    {
        IsRequestContent = false, Advice = "Correct the push condition.",
    };

    internal static IEnumerable<ChatError> All =>
    [
        .. NotFound.OfEach(
            "The account does not exist.", 10019, 20003, 30003, 40003, 50001, 90012, 90048),
        .. NotAdmin.OfEach("The command wants an app admin.", 30004, 40004, 50003, 90009),
        .. Profiles,
        .. Push,
        .. Rest,
    ];

    private static IEnumerable<ChatError> Profiles =>
    [
        (InvalidRequest with { IsRequestContent = true }).Of(30001, "A parameter of the relation request is not valid."),
        InvalidUserId.Of(30002, "An account of the relation request is not valid."),
        Fault.Of(30006, "Clearing the account's relations had an internal error."),
        Busy.Of(30007, "Clearing the account's relations timed out."),
        Conflict.Of(30008, "Another write to the same relations was under way."),
        .. InvalidProfile.OfEach("A profile parameter is not valid.", 40001, 40002, 40009, 40605, 40610),
        Fault.Of(40006, "The profile service had an internal error."),

        // The console grants rights field by field: a row without that field passes, so this does not end a run.
        .. (FeatureOff with { EndsRun = false, IsRequestContent = true }).OfEach(
            "The app may not read or write this profile field.", 40007, 40008),
        InvalidProfile.Of(40601, "A profile value is too long."),
    ];

    private static IEnumerable<ChatError> Push =>
    [
        .. (InvalidRequest with { IsRequestContent = true }).OfEach(
            "The service could not read the request's JSON, or its list of accounts was empty.", 90001),
        .. InvalidUserId.OfEach(
            "An account in the request is missing, empty or not a string.", 90003, 90008, 90028, 90029),
        TooManyAccounts.Of(90011, "The call names more than 500 accounts."),
        TooManyAccounts.Of(90018, "The call names too many accounts; 100 is the most."),
        .. InvalidTag.OfEach("A tag is longer than 50 bytes.", 90020, 90034),
        s_pushCondition.Of(90022, "The same tag is in both conditions."),
        .. Throttled.OfEach("Pushes and revocations must be a second apart.", 90024, 90051),

        // The new list gives this code to a field of message import that the attribute commands don't have, so for them the
        // old meaning is the only one that fits.
        InvalidAttributeValue.Of(90030, "An attribute value is empty or longer than 50 bytes."),
        InvalidTag.Of(90032, "A user got more than 10 tags in one call."),
        InvalidAttribute.Of(90033, "An attribute is not valid: the app does not have it, or the name or its type is taken."),
        WrongAccountType.Of(90035, "The attribute or tag belongs to the other type of account."),
        s_pushCondition.Of(90039, "A push condition mixes attributes and tags."),
        s_pushCondition.Of(90040, "A push condition has an empty tag."),
        FeatureOff.Of(90045, "Push to all users, or the Push service, is not enabled for the app."),
        Quota.Of(90047, "The pushes of the day are used up."),
        NotRevocable.Of(90049, "The service does not know the push."),
        NotRevocable.Of(90050, "The push was withdrawn before."),
        NotRevocable.Of(90052, "The push is older than 24 hours."),
        NotRevocable.Of(90053, "The push went to online users only and has no notification to withdraw."),
        .. RequestTooLarge.OfEach("The request or a message in it is too long.", 90055, 90056, 93000),
        Throttled.Of(90057, "Batch messages were sent too often."),
        (Fault with { Advice = "Run the row again later; if it stays, check the app's webhook." }).Of(
            90992, "The message service had an internal error, or the app's webhook failed."),
        .. Fault.OfEach("The message service had an internal error.", 90994, 90995, 91000),
    ];

    private static IEnumerable<ChatError> Rest =>
    [
        .. ContentRefused.OfEach("A text was refused, or is too long.", 80001, 80002, 80004),
        Suspended.Of(80005, "The service is deactivated."),
    ];
}
