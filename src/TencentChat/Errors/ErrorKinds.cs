namespace TencentChat.Errors;

/// <summary>The stable words, one kind each; a table changes a flag or the advice where one of its codes differs.</summary>
internal static class ErrorKinds
{
    internal static ErrorKind Throttled { get; } = new(
        "Throttled", ErrorClass.Throttle, "Slow down, or run fewer jobs against this app at once.");

    // A time-out is the service's own (3 s): the work may well be done after it gave up waiting.
    internal static ErrorKind Busy { get; } = new(
        "ServiceBusy", ErrorClass.Retry, "Run the row again later.") { IsEffectUnclear = true };

    // Nothing says how far an internal error let the work come; to take it for "not done" would report a delete as failed
    // that happened.
    internal static ErrorKind Fault { get; } = new(
        "ServiceFault", ErrorClass.Retry, "Run the row again later; if it stays, report the code to the service's support.")
        { IsEffectUnclear = true };

    // Clearing what belongs to an account is several writes; the one in conflict need not be the first.
    internal static ErrorKind Conflict { get; } = new(
        "ConflictingWrite", ErrorClass.Conflict, "Run the row again later with fewer calls in flight.")
        { IsEffectUnclear = true };

    internal static ErrorKind InvalidUserSig { get; } = new(
        "InvalidUserSig", ErrorClass.Auth, "Connect again with the app's SDKAppID, its admin and its secret key.")
        { EndsRun = true };

    internal static ErrorKind UserSigExpired { get; } = new(
        "UserSigExpired", ErrorClass.Auth, "Connect again with a new signature, and check this machine's clock.")
        { EndsRun = true, RenewsUserSig = true };

    internal static ErrorKind WrongKey { get; } = new(
        "WrongKey", ErrorClass.Auth, "Connect again with the secret key that the console shows for this SDKAppID.")
        { EndsRun = true };

    internal static ErrorKind WrongRegion { get; } = new(
        "WrongRegion", ErrorClass.Auth, "Connect to the region that the app lives in, and check the SDKAppID.")
        { EndsRun = true };

    internal static ErrorKind InvalidSdkAppId { get; } = new(
        "InvalidSdkAppId", ErrorClass.Auth, "Connect again with the SDKAppID that the console shows.") { EndsRun = true };

    internal static ErrorKind NotAdmin { get; } = new(
        "NotAdmin", ErrorClass.Auth, "Connect as an app admin; admins are named in the console.") { EndsRun = true };

    internal static ErrorKind AdminBlocked { get; } = new(
        "AdminBlocked", ErrorClass.Auth, "Connect as another app admin, or ask the service's support.") { EndsRun = true };

    internal static ErrorKind AddressNotAllowed { get; } = new(
        "AddressNotAllowed", ErrorClass.Auth, "Add this machine's public address to the app's allowlist in the console.")
        { EndsRun = true };

    // Whether a call that names one missing account fails as a whole is open for the attribute commands: if it does, the
    // others must not suffer for it, so these are split as well.
    internal static ErrorKind NotFound { get; } = new(
        "AccountNotFound", ErrorClass.NotFound, "Check the user id, and import the account first if it is new.")
        { IsRequestContent = true };

    internal static ErrorKind InvalidUserId { get; } = new(
        "InvalidUserId", ErrorClass.Invalid, "Give a user id of at most 32 bytes of letters, digits, '_' and '-'.")
        { IsRequestContent = true };

    internal static ErrorKind TooManyAccounts { get; } = new(
        "TooManyAccounts", ErrorClass.Invalid, "Lower the batch size.") { IsRequestContent = true };

    internal static ErrorKind InvalidAttribute { get; } = new(
        "InvalidAttribute", ErrorClass.Invalid, "Use the app's own attribute names, or name the attribute in a free slot first.")
        { IsRequestContent = true };

    internal static ErrorKind InvalidAttributeValue { get; } = new(
        "InvalidAttributeValue", ErrorClass.Invalid, "Give a value of 1 to 50 bytes; remove the attribute to clear it.")
        { IsRequestContent = true };

    internal static ErrorKind WrongAccountType { get; } = new(
        "WrongAccountType", ErrorClass.Invalid, "Use an attribute or a tag of the account's own type: user id or registration id.")
        { IsRequestContent = true };

    internal static ErrorKind InvalidProfile { get; } = new(
        "InvalidProfile", ErrorClass.Invalid, "Correct the nickname or the photo's address; 500 bytes is the most.")
        { IsRequestContent = true };

    internal static ErrorKind ContentRefused { get; } = new(
        "ContentRefused", ErrorClass.Invalid, "Change the text.") { IsRequestContent = true };

    internal static ErrorKind InvalidTag { get; } = new(
        "InvalidTag", ErrorClass.Invalid, "Give at most 10 tags of 1 to 50 bytes.") { IsRequestContent = true };

    internal static ErrorKind NotRevocable { get; } = new(
        "PushNotRevocable", ErrorClass.Invalid, "Only a push of the Push service that is at most 24 hours old can be withdrawn, once.");

    internal static ErrorKind RequestTooLarge { get; } = new(
        "RequestTooLarge", ErrorClass.Invalid, "Send less in one call.") { IsRequestContent = true };

    internal static ErrorKind InvalidRequest { get; } = new(
        "InvalidRequest", ErrorClass.Invalid, "Check the row's values.");

    // Of a first call it says that the connection is set up wrongly; when others have passed, this one's content is to blame.
    internal static ErrorKind InvalidCall { get; } = new(
        "InvalidRequest", ErrorClass.Invalid, "Check the SDKAppID, the admin and the endpoint that you connected with.")
        { EndsRun = true, IsRequestContent = true };

    internal static ErrorKind FeatureOff { get; } = new(
        "FeatureNotEnabled", ErrorClass.Plan, "Switch the feature on in the console; the app's edition must include it.")
        { EndsRun = true };

    internal static ErrorKind DeletionOff { get; } = new(
        "DeletionNotEnabled", ErrorClass.Plan, "Have an admin allow account deletion for the app in the console.")
        { EndsRun = true };

    internal static ErrorKind Suspended { get; } = new(
        "ServiceSuspended", ErrorClass.Plan, "Check the app's state, its plan and its bill in the console.")
        { EndsRun = true };

    internal static ErrorKind TrialLimit { get; } = new(
        "TrialLimitReached", ErrorClass.Plan, "Go on tomorrow, or move the app to a paid edition.") { EndsRun = true };

    internal static ErrorKind Quota { get; } = new(
        "QuotaExceeded", ErrorClass.Plan, "Go on when the quota is renewed, or raise it in the console.")
        { EndsRun = true };

    internal static ErrorKind RecentlyDeleted { get; } = new(
        "RecentlyDeleted", ErrorClass.Plan, "Use another user id, or import this one when three months have passed.")
        { IsRequestContent = true };

    internal static ErrorKind Unknown { get; } = new(
        "UnknownServiceError", ErrorClass.Unknown, "Look the code up in the service's error list.");
}
