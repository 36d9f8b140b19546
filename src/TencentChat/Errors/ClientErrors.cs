namespace TencentChat.Errors;

/// <summary>
/// Errors that no code of the service stands for: they arise on the way to it, or before anything is sent. Their
/// <see cref="ChatError.Code"/> is 0.
/// </summary>
internal static class ClientErrors
{
    /// <summary>Nothing was sent.</summary>
    public static ChatError ConnectionFailed { get; } = new ErrorKind(
        "ConnectionFailed", ErrorClass.Retry, "Check the network, the proxy and the endpoint, and run the rows again.")
        .Of("No connection to the service could be made.");

    /// <summary>The connection broke, or no answer came in time: the work may have been done.</summary>
    public static ChatError NoAnswer { get; } = new ErrorKind(
        "NoAnswer", ErrorClass.Retry, "Run the rows again, and with them all other rows of the same users: repeating them is safe.") { IsEffectUnclear = true }
        .Of("The service gave no answer.");

    /// <summary>Something between here and the service refuses, and will refuse every call.</summary>
    public static ChatError ConnectionRefused { get; } = new ErrorKind(
        "ConnectionRefused", ErrorClass.Invalid, "Check the endpoint, the proxy and the certificates that this machine trusts.") { EndsRun = true }
        .Of("Something on the way to the service refuses the connection.");

    /// <summary>Something between here and the service refuses one request; others pass.</summary>
    public static ChatError RequestBlocked { get; } = new ErrorKind(
        "RequestBlocked", ErrorClass.Invalid, "Look at the row's values: a firewall or a filter on the way may take offence at one of them.") { IsRequestContent = true }
        .Of("Something on the way to the service refuses the request.");

    /// <summary>Something between here and the service got too many requests (HTTP 429).</summary>
    public static ChatError Throttled { get; } = ErrorKinds.Throttled.Of("Something on the way to the service got too many requests.");

    /// <summary>The connection was closed while a run was under way; what had no call yet was not sent.</summary>
    public static ChatError ConnectionClosed { get; } = new ErrorKind(
        "ConnectionClosed", ErrorClass.Invalid, "Connect again, and run the rows that were not sent.") { EndsRun = true }
        .Of("The connection was closed.");

    /// <summary>An answer came that is not one of this service: the work may have been done.</summary>
    public static ChatError MalformedReply { get; } = new ErrorKind(
        "MalformedReply", ErrorClass.Retry, "Run the rows again; if it stays, check that the endpoint is the service and not a proxy's page.") { IsEffectUnclear = true }
        .Of("The answer could not be read.");

    /// <summary>The service said OK and left the account out of its answer.</summary>
    public static ChatError AccountNotReturned { get; } = new ErrorKind(
        "AccountNotFound", ErrorClass.NotFound, "Check the user id: the account was probably never imported and has never logged in.")
        .Of("The service's answer does not name the account.");

    /// <summary>The service said OK to a change and left the account out of its answer.</summary>
    public static ChatError NoResultForAccount { get; } = NoAnswer with { Meaning = "The service's answer leaves the account out." };

    /// <summary>The row names no account.</summary>
    public static ChatError MissingUserId { get; } = Invalid(
        "MissingUserId", "The row has no user id.", "Give the row a user id.");

    /// <summary>The row's account or value has half of a surrogate pair, which UTF-8 cannot carry.</summary>
    public static ChatError InvalidText { get; } = Invalid(
        "InvalidText", "The text has an unpaired surrogate.", "Correct the text; a file was probably cut or read with a wrong encoding.");

    /// <summary>A value is longer than the service takes (page 37170).</summary>
    public static ChatError ValueTooLong { get; } = Invalid(
        "InvalidAttributeValue", "The value is too long.", "Shorten it to 50 bytes of UTF-8: 50 Latin letters, or about 16 Chinese characters.");

    /// <summary>A tag is empty or blank, or longer than the service takes (page 37173).</summary>
    public static ChatError InvalidTag { get; } = Invalid(
        "InvalidTag", "The tag is blank, or longer than 50 bytes.", "Give a tag of 1 to 50 bytes of UTF-8: 50 Latin letters, or about 16 Chinese characters.");

    /// <summary>A user would get more tags than the service keeps for one (page 37173).</summary>
    public static ChatError TooManyTags { get; } = Invalid(
        "TooManyTags", "A user can have at most 100 tags.", "Give fewer tags, or remove old ones first.");

    /// <summary>A cell holds a list, a table or an object.</summary>
    public static ChatError NotText { get; } = Invalid(
        "InvalidAttributeValue", "The value is not a string, number, date or Boolean.", "Give one value, not a list or an object.");

    /// <summary>A nickname or a photo's address is longer than the service takes (page 34953).</summary>
    public static ChatError ProfileTooLong { get; } = Invalid(
        "InvalidProfile", "The nickname or the photo's address is too long.", "Shorten it to 500 bytes of UTF-8.");

    /// <summary>The row asks for an attribute that the app has not named.</summary>
    public static ChatError UnknownAttribute { get; } = Invalid(
        "InvalidAttribute", "The app has no such attribute.", "Use one of the app's attribute names (case matters), or name a free slot first.");

    /// <summary>The service refused the import of the account and gives no reason for it (page 34954).</summary>
    public static ChatError ImportRefused { get; } = Invalid(
        "ImportRefused",
        "The service did not import the account, and gives no reason.",
        "Check the user id (at most 32 bytes), the nickname and the photo's address; an account that was deleted within the last three months cannot come back either.");

    /// <summary>The account is no longer as it was when the plan was made.</summary>
    public static ChatError PlanOutdated { get; } = new ErrorKind(
        "PlanOutdated", ErrorClass.Conflict, "Make a new plan.").Of("The attribute is no longer as the plan says.");

    /// <summary>The row of a plan cannot be read.</summary>
    public static ChatError InvalidPlan { get; } = Invalid(
        "InvalidPlan", "The row is not a plan row.", "A plan has the columns UserId, Name, Current, Desired and Action (Set or Remove).");

    /// <summary>The row of a plan names another app.</summary>
    public static ChatError PlanOfOtherApp { get; } = Invalid(
        "PlanOfOtherApp", "The plan is for another app.", "Connect to the app that the plan was made for, or make a new plan.");

    /// <summary>A row would remove attributes of a user, and has no value for any.</summary>
    public static ChatError EmptyRow { get; } = Invalid(
        "EmptyRow", "The row holds no value: it would remove attributes, and do nothing else.", "Take the row out, or allow users without any value.");

    /// <summary>The row is right, and another one of its user is not.</summary>
    public static ChatError OtherRowFailed { get; } = Invalid(
        "OtherRowFailed", "Another row of this user failed, and the rows of a user count together.", "Mend that row, and run all rows of the user again.");

    /// <summary>More accounts would lose an attribute than the caller allowed.</summary>
    public static ChatError RemovalThresholdReached { get; } = Invalid(
        "RemovalThresholdReached",
        "More users would lose an attribute than the removal threshold allows; those before it were changed.",
        "Compare the table with the app; if the removals are right, run again with a greater threshold, or 0 for no limit.") with { EndsRun = true };

    /// <summary>The connection's own admin account is not deleted.</summary>
    public static ChatError OwnAdminAccount { get; } = Invalid(
        "OwnAdminAccount", "This is the admin account that the connection itself uses.", "Connect as another admin to delete it.");

    /// <summary>The run was stopped before the row was sent: nothing is wrong with the row.</summary>
    public static ChatError RunStopped { get; } = Invalid(
        "RunStopped", "Not sent: the run had ended.", "Mend what the run's error says, and run the row again.");

    /// <summary>A defect of this software.</summary>
    public static ChatError InternalError { get; } = new ErrorKind(
        "InternalError", ErrorClass.Unknown, "Please report it, with the name in parentheses.") { EndsRun = true }
        .Of("Internal error.");

    private static ChatError Invalid(string errorId, string meaning, string advice) => new ErrorKind(errorId, ErrorClass.Invalid, advice).Of(meaning);
}
