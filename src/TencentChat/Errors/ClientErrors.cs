namespace TencentChat.Errors;

/// <summary>
/// Errors that no code of the service stands for: they arise on the way to it, or before anything is sent. Their <see cref="ServiceError.Code"/> is 0.
/// </summary>
public static class ClientErrors
{
    /// <summary>No connection could be made; nothing was sent.</summary>
    public static ServiceError ConnectionFailed { get; } = new()
    {
        Code = 0,
        Class = ErrorClass.Retry,
        ErrorId = "ConnectionFailed",
        Meaning = "No connection to the service could be made.",
        Advice = "Check the network, the proxy and the endpoint, and run the rows again.",
    };

    /// <summary>The connection broke, or no answer came in time: the work may have been done.</summary>
    public static ServiceError NoAnswer { get; } = new()
    {
        Code = 0,
        Class = ErrorClass.Retry,
        ErrorId = "NoAnswer",
        Meaning = "The service gave no answer.",
        Advice = "Run the rows again: repeating them is safe.",
        IsEffectUnclear = true,
    };

    /// <summary>Something between here and the service refuses, and will refuse every call.</summary>
    public static ServiceError ConnectionRefused { get; } = new()
    {
        Code = 0,
        Class = ErrorClass.Invalid,
        ErrorId = "ConnectionRefused",
        Meaning = "Something on the way to the service refuses the connection.",
        Advice = "Check the endpoint, the proxy and the certificates that this machine trusts.",
        IsHopeless = true,
    };

    /// <summary>An answer came that is not one of this service: the work may have been done.</summary>
    public static ServiceError MalformedReply { get; } = new()
    {
        Code = 0,
        Class = ErrorClass.Retry,
        ErrorId = "MalformedReply",
        Meaning = "The answer could not be read.",
        Advice = "Run the rows again; if it stays, check that the endpoint is the service and not a proxy's page.",
        IsEffectUnclear = true,
    };

    /// <summary>The service said OK and left the account out of its answer.</summary>
    public static ServiceError AccountNotReturned { get; } = new()
    {
        Code = 0,
        Class = ErrorClass.NotFound,
        ErrorId = "AccountNotFound",
        Meaning = "The service's answer does not name the account.",
        Advice = "Check the user id: the account was probably never imported and has never logged in.",
    };

    /// <summary>The service said OK to a change and left the account out of its answer.</summary>
    public static ServiceError NoResultForAccount { get; } = NoAnswer with { Meaning = "The service's answer leaves the account out." };

    /// <summary>The row names no account.</summary>
    public static ServiceError MissingUserId { get; } = new()
    {
        Code = 0,
        Class = ErrorClass.Invalid,
        ErrorId = "MissingUserId",
        Meaning = "The row has no user id.",
        Advice = "Fill in the id column, or name the right one with -UserIdProperty.",
    };

    /// <summary>The row's account or value holds half of a surrogate pair, which UTF-8 cannot carry.</summary>
    public static ServiceError InvalidText { get; } = new()
    {
        Code = 0,
        Class = ErrorClass.Invalid,
        ErrorId = "InvalidText",
        Meaning = "The text holds half a character (an unpaired surrogate).",
        Advice = "Correct the cell; the file was probably cut or read with a wrong encoding.",
    };

    /// <summary>A value is longer than the service takes (page 37170).</summary>
    public static ServiceError ValueTooLong { get; } = new()
    {
        Code = 0,
        Class = ErrorClass.Invalid,
        ErrorId = "InvalidAttributeValue",
        Meaning = "The value is too long.",
        Advice = "Shorten it to 50 bytes of UTF-8: 50 Latin letters, or about 16 Chinese characters.",
    };

    /// <summary>A cell holds a list, a table or an object.</summary>
    public static ServiceError NotText { get; } = new()
    {
        Code = 0,
        Class = ErrorClass.Invalid,
        ErrorId = "InvalidAttributeValue",
        Meaning = "The value is no text, number, date or truth value.",
        Advice = "Give one value, not a list or an object.",
    };

    /// <summary>A nickname or a photo's address is longer than the service takes (page 34953).</summary>
    public static ServiceError ProfileTooLong { get; } = new()
    {
        Code = 0,
        Class = ErrorClass.Invalid,
        ErrorId = "InvalidProfile",
        Meaning = "The nickname or the photo's address is too long.",
        Advice = "Shorten it to 500 bytes of UTF-8.",
    };

    /// <summary>The row asks for an attribute that the app has not named.</summary>
    public static ServiceError UnknownAttribute { get; } = new()
    {
        Code = 0,
        Class = ErrorClass.Invalid,
        ErrorId = "InvalidAttribute",
        Meaning = "The app has no such attribute.",
        Advice = "Use one of the names that Get-ChatAttributeName shows (case matters), or name a free slot with Set-ChatAttributeName.",
    };

    /// <summary>The service refused the import of the account and gives no reason for it (page 34954).</summary>
    public static ServiceError ImportRefused { get; } = new()
    {
        Code = 0,
        Class = ErrorClass.Invalid,
        ErrorId = "ImportRefused",
        Meaning = "The service did not import the account, and gives no reason.",
        Advice = "Check the user id (at most 32 bytes), the nickname and the photo's address; an account that was deleted within the last three months cannot come back either.",
    };

    /// <summary>The account is no longer as it was when the plan was made.</summary>
    public static ServiceError PlanOutdated { get; } = new()
    {
        Code = 0,
        Class = ErrorClass.Conflict,
        ErrorId = "PlanOutdated",
        Meaning = "The attribute is no longer as the plan says.",
        Advice = "Make a new plan with Compare-ChatUserAttribute.",
    };

    /// <summary>The line of a plan cannot be read.</summary>
    public static ServiceError InvalidPlan { get; } = new()
    {
        Code = 0,
        Class = ErrorClass.Invalid,
        ErrorId = "InvalidPlan",
        Meaning = "The line is no line of a plan.",
        Advice = "A plan has the columns UserId, Name, Current, Desired and Action (Set or Remove), as Compare-ChatUserAttribute writes them.",
    };

    /// <summary>More accounts would lose an attribute than the caller allowed.</summary>
    public static ServiceError RemovalThresholdReached { get; } = new()
    {
        Code = 0,
        Class = ErrorClass.Invalid,
        ErrorId = "RemovalThresholdReached",
        Meaning = "More accounts than -RemovalThreshold allows would lose an attribute; those before it were changed.",
        Advice = "Look at what Compare-ChatUserAttribute shows; if it is right, run again with a greater -RemovalThreshold, or 0 for no limit.",
        IsHopeless = true,
    };

    /// <summary>The connection's own admin account is not deleted.</summary>
    public static ServiceError OwnAdminAccount { get; } = new()
    {
        Code = 0,
        Class = ErrorClass.Invalid,
        ErrorId = "OwnAdminAccount",
        Meaning = "This is the admin account that the connection itself uses.",
        Advice = "Connect as another admin to delete it.",
    };

    /// <summary>A defect of this software.</summary>
    public static ServiceError InternalError { get; } = new()
    {
        Code = 0,
        Class = ErrorClass.Unknown,
        ErrorId = "InternalError",
        Meaning = "Something unforeseen happened in this software.",
        Advice = "Please report it, with the name in brackets.",
        IsHopeless = true,
    };

    internal static ServiceError For(ChatTransportException fault) =>
        fault.IsHopeless ? ConnectionRefused : fault.RequestMayHaveArrived ? NoAnswer : ConnectionFailed;
}
