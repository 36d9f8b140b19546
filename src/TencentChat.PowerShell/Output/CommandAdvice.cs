using System.Globalization;
using TencentChat.Errors;

namespace TencentChat.PowerShell.Output;

/// <summary>What to do about an error, in words of cmdlets and parameters, where the library's own advice can be said more exactly.</summary>
internal static class CommandAdvice
{
    private static readonly Dictionary<ChatError, string> s_byError = new()
    {
        [ClientErrors.ConnectionFailed] = "Check the network, -Proxy and -Endpoint, and run the rows again.",
        [ClientErrors.ConnectionRefused] = "Check -Endpoint, -Proxy, -ProxyCredential and the certificates that this machine trusts.",
        [ClientErrors.ConnectionClosed] = "Connect again with Connect-Chat, and run the rows that were not sent.",
        [ClientErrors.MissingUserId] = "Fill in the id column, or name the right one with -UserIdProperty.",
        [ClientErrors.UnknownAttribute] = "Use one of the names that Get-ChatAttributeName shows (case matters), or name a free slot with Set-ChatAttributeName.",
        [ClientErrors.PlanOutdated] = "Make a new plan with Compare-ChatUserAttribute.",
        [ClientErrors.InvalidPlan] = "A plan has the columns UserId, Name, Current, Desired and Action (Set or Remove), as Compare-ChatUserAttribute writes them.",
        [ClientErrors.EmptyRow] = "Take the row out. To remove them on purpose, use Remove-ChatUserAttribute, or add -AllowEmptyRow.",
        [ClientErrors.RemovalThresholdReached] = "Look at what Compare-ChatUserAttribute shows; if it is right, run again with a greater -RemovalThreshold, or 0 for no limit.",
    };

    private static readonly Dictionary<string, string> s_byWord = new(StringComparer.Ordinal)
    {
        [ErrorKinds.TooManyAccounts.ErrorId] = "Lower -BatchSize.",
        [ErrorKinds.RequestTooLarge.ErrorId] = "Lower -BatchSize.",
        [ErrorKinds.Conflict.ErrorId] = "Run the row again later, with a lower -ThrottleLimit.",
        [ErrorKinds.WrongRegion.ErrorId] = "Connect to the region that the app lives in (-Region), and check the SDKAppID.",
    };

    /// <summary>For a push to a named user that may have gone out. What is safe for a row elsewhere would be a second message here (P13).</summary>
    public const string UnclearUserPush = "Find out whether the user got it before you push again: a second push may be a second message.";

    /// <summary>For a push that may have gone out.</summary>
    public static string UnclearPush(uint msgRandom) =>
        $"Find out whether it came. To send it again as the same push, add -MsgRandom {msgRandom.ToString(CultureInfo.InvariantCulture)} to the same command.";

    private static readonly Dictionary<string, string> s_byWordWithoutRows = new(StringComparer.Ordinal)
    {
        [ClientErrors.ConnectionFailed.ErrorId] = "Check the network, -Proxy and -Endpoint.",
        [ClientErrors.NoAnswer.ErrorId] = "Try again; if it stays, check the network and -Endpoint.",
        [ClientErrors.MalformedReply.ErrorId] = "Try again; if it stays, check that -Endpoint is the service and not a proxy's page.",
        [ClientErrors.ConnectionClosed.ErrorId] = "Connect again with Connect-Chat.",
        [ErrorKinds.Busy.ErrorId] = "Try again later.",
        [ErrorKinds.Fault.ErrorId] = "Try again later; if it stays, report the code to the service's support.",
        [ErrorKinds.Conflict.ErrorId] = "Try again later.",
        [ErrorKinds.RequestTooLarge.ErrorId] = "Shorten what is sent.",
        [ErrorKinds.InvalidRequest.ErrorId] = "Check the SDKAppID, the admin and the endpoint that you connected with.",
    };

    /// <summary>For an error of a row, or of a run.</summary>
    public static string For(ChatError error) =>
        s_byError.TryGetValue(error, out string? advice) || (error.Code != 0 && s_byWord.TryGetValue(error.ErrorId, out advice)) ? advice : error.Advice;

    /// <summary>For an error of a call that is about no row.</summary>
    public static string ForCall(ChatError error) => s_byWordWithoutRows.TryGetValue(error.ErrorId, out string? advice) ? advice : For(error);
}
