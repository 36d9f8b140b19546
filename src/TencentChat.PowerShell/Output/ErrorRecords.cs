using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Push;

namespace TencentChat.PowerShell.Output;

/// <summary>Makes every error record of the module: a stable word, the right category, the advice.</summary>
internal static class ErrorRecords
{
    /// <summary>For a row that failed, or whose fate is not known. The target is the row's result.</summary>
    public static ErrorRecord ForRow(ChatResult result)
    {
        ChatError error = result.Error!;
        string who = result.UserId.Length == 0 ? $"Row {result.Row}" : $"Row {result.Row}, user '{result.UserId}'";
        string fate = result.Status == ChatResultStatus.Unknown ? " It is not known whether the row took effect." : string.Empty;
        string? advice = result is UserPushResult { Status: ChatResultStatus.Unknown } ? CommandAdvice.UnclearUserPush : null;
        return Create(new ChatRowException($"{who}: {result.Message}{fate}", error), error, result, advice: advice);
    }

    /// <summary>For what ends the command.</summary>
    /// <param name="fault">What happened.</param>
    /// <param name="target">What it happened to.</param>
    /// <param name="advice">What to do, when the message does not say it.</param>
    public static ErrorRecord Terminating(ChatException fault, object? target, string? advice = null) => fault switch
    {
        ChatServiceException service => Create(service, service.Error, target, service.Error.Describe(service.ErrorInfo)),
        _ => new ErrorRecord(fault, "InvalidConfiguration", ErrorCategory.InvalidArgument, target)
        {
            ErrorDetails = advice is null ? null : new ErrorDetails(fault.Message) { RecommendedAction = advice },
        },
    };

    /// <summary>For a run that was given up because every further row would have failed (P7).</summary>
    public static ErrorRecord RunStopped(StopReason reason, object? target) => Terminating(new ChatServiceException(reason.Error, reason.Info), target);

    /// <summary>For input that cannot be understood as a whole, or a connection that is none.</summary>
    public static ErrorRecord BadInput(string errorId, string message, object? target, ErrorCategory category = ErrorCategory.InvalidArgument) =>
        new(new ChatConfigurationException(message), errorId, category, target);

    /// <summary>For input that cannot be understood as a whole.</summary>
    public static ErrorRecord BadInput(ChatError error, string what, object? target) =>
        Create(new ChatConfigurationException(what), error, target);

    /// <summary>For a push that failed, or may have gone out. The target is its result.</summary>
    public static ErrorRecord ForPush(PushResult result)
    {
        ChatError error = result.Error!;
        string? advice = result.Status == ChatResultStatus.Unknown ? CommandAdvice.UnclearPush(result.MsgRandom) : null;
        return Create(new ChatRowException($"Push to {result.Audience}: {result.Message}", error), error, result, advice: advice);
    }

    /// <summary>For a push that cannot be withdrawn.</summary>
    public static ErrorRecord ForRevocation(string taskId, ChatServiceException fault) =>
        Create(new ChatRowException($"Push {taskId}: {fault.Error.Describe(fault.ErrorInfo)}", fault.Error), fault.Error, taskId);

    /// <summary>For a push that breaks a rule of the service; nothing was sent.</summary>
    public static ErrorRecord InvalidPush(ChatConfigurationException fault) => new(fault, "InvalidPush", ErrorCategory.InvalidArgument, null);

    // The engine's own error view shows the advice below the message, so the message need not end with it.
    private static ErrorRecord Create(Exception exception, ChatError error, object? target, string? message = null, string? advice = null) =>
        new(exception, error.ErrorId, CategoryOf(error), target)
        {
            ErrorDetails = new ErrorDetails(message ?? exception.Message) { RecommendedAction = advice ?? CommandAdvice.For(error) },
        };

    private static ErrorCategory CategoryOf(ChatError error) => error.Class switch
    {
        ErrorClass.Throttle => ErrorCategory.LimitsExceeded,
        ErrorClass.Auth when Is(error, ErrorKinds.NotAdmin, ErrorKinds.AdminBlocked, ErrorKinds.AddressNotAllowed) => ErrorCategory.PermissionDenied,
        ErrorClass.Auth => ErrorCategory.AuthenticationError,
        ErrorClass.NotFound => ErrorCategory.ObjectNotFound,
        ErrorClass.Plan when Is(error, ErrorKinds.TrialLimit, ErrorKinds.Quota) => ErrorCategory.QuotaExceeded,
        ErrorClass.Plan => ErrorCategory.NotEnabled,
        ErrorClass.Conflict => ErrorCategory.ResourceBusy,
        ErrorClass.Invalid when error == ClientErrors.ConnectionRefused || error == ClientErrors.ConnectionClosed => ErrorCategory.ConnectionError,
        ErrorClass.Invalid => ErrorCategory.InvalidData,
        ErrorClass.Retry when error == ClientErrors.MalformedReply => ErrorCategory.ProtocolError,
        ErrorClass.Retry when error == ClientErrors.ConnectionFailed => ErrorCategory.ConnectionError,
        ErrorClass.Retry => ErrorCategory.OperationTimeout,
        _ => ErrorCategory.InvalidResult,
    };

    private static bool Is(ChatError error, params ErrorKind[] kinds) => Array.Exists(kinds, kind => kind.ErrorId == error.ErrorId);
}
