using static TencentChat.Errors.ErrorKinds;

namespace TencentChat.Errors;

/// <summary>The gateway's codes, 60000–60999 (page 34348).</summary>
internal static class GatewayErrors
{
    internal static IEnumerable<ChatError> All =>
    [
        InvalidCall.Of(60002, "The service could not parse the HTTP request."),

        // The gateway's word for a broken body; what breaks ours can only be a row's text.
        (InvalidRequest with { IsRequestContent = true }).Of(60003, "The gateway could not parse the request's JSON."),

        // The old list blames the UserID or the UserSig, the new one says that the check failed and to retry later. Both are
        // served: one repeat with a fresh signature, and if that is refused as well, the old meaning holds.
        .. (InvalidUserSig with { RenewsUserSig = true, IsWorthOneRepeat = true }).OfEach(
            "The service could not accept the admin's id or signature.", 60004, 60005),
        InvalidSdkAppId.Of(60006, "The SDKAppID is not valid."),
        Throttled.Of(60007, "The command was called too often."),

        // Also reported for a malformed request and an unknown command; those answer it again and again, so a few tries tell.
        Busy.Of(60008, "The service timed out, or could not read the request."),
        InvalidCall.Of(60009, "The requested address is not one of the service."),
        NotAdmin.Of(60010, "The account that calls is not an app admin."),
        Throttled.Of(60011, "The app sent requests too often."),
        InvalidCall.Of(60012, "The request had no SDKAppID."),

        // The back end answered, the gateway could not read it: the work may be done.
        Fault.Of(60013, "The gateway could not read the answer of the service behind it."),

        // Probably before the work began, but no page says so; being wrong in this direction costs nothing.
        Busy.Of(60014, "The account check timed out."),
        InvalidUserId.Of(60015, "A user id in the request was not a string."),
        Suspended.Of(60016, "The app is disabled."),
        Suspended.Of(60017, "Requests of this kind are disabled for the app."),
        .. Throttled.OfEach("The service got too many requests.", 60018, 60019),

        // Old: the plan expired. New: not bought, expired or in arrears. The same to an admin.
        Suspended.Of(60020, "The service is not available to the app: not bought, expired, or in arrears."),
        AddressNotAllowed.Of(60021, "Requests from this machine's address are not allowed."),
        InvalidCall.Of(60025, "One of SDKAppID, admin, signature and content type is wrong or missing."),
        (WrongRegion with { Class = ErrorClass.Invalid }).Of(60026, "The app does not live in the data centre that was called."),
        FeatureOff.Of(60027, "The app's product does not include this command."),

        // Ends with the day, which a run does not wait for.
        TrialLimit.Of(60028, "The trial edition's volume of requests for 24 hours is used up."),
    ];
}
