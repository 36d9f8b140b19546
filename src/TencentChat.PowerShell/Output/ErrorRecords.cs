using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Push;

namespace TencentChat.PowerShell.Output;

/// <summary>Makes every error record of the module: a stable word, the right category, the advice.</summary>
internal static class ErrorRecords
{
    // From 7.5 on the engine's own error view shows the advice below the message; before, the message has to say it.
    private static readonly bool s_showsAdvice = typeof(PSObject).Assembly.GetName().Version >= new Version(7, 5);

    /// <summary>For a row that failed, or whose fate is not known. The target is the row's result.</summary>
    public static ErrorRecord ForRow(ChatResult result)
    {
        ChatError error = result.Error!;
        string who = result.UserId.Length == 0 ? $"Row {result.Row}" : $"Row {result.Row}, user '{result.UserId}'";
        string fate = result is { Status: ChatResultStatus.Unknown, OnlyReads: false } ? " It is not known whether the row took effect." : string.Empty;
        string message = $"{who}: {result.Message}{fate}";
        string advice = result is UserPushResult { Status: ChatResultStatus.Unknown } ? CommandAdvice.UnclearUserPush : CommandAdvice.For(error);
        return Create(new ChatRowException(message, error), error, result, message, advice);
    }

    /// <summary>For a call or a connection that failed, and ends the command.</summary>
    /// <param name="fault">What happened.</param>
    /// <param name="target">What it happened to.</param>
    /// <param name="advice">What to do, when the message does not say it.</param>
    public static ErrorRecord Terminating(ChatException fault, object? target, string? advice = null) => fault switch
    {
        ChatServiceException service => Create(service, service.Error, target, service.Error.Describe(service.ErrorInfo), CommandAdvice.ForCall(service.Error)),
        _ => new ErrorRecord(fault, "InvalidConfiguration", ErrorCategory.InvalidArgument, target)
        {
            ErrorDetails = advice is null ? null : Details(fault.Message, advice),
        },
    };

    /// <summary>For a run that was given up because every further row would have failed (P7).</summary>
    public static ErrorRecord RunStopped(StopReason reason, object? target) =>
        Create(new ChatServiceException(reason.Error, reason.Info), reason.Error, target, reason.Error.Describe(reason.Info), CommandAdvice.For(reason.Error));

    /// <summary>For a question that cannot be put to anybody.</summary>
    /// <param name="command">The cmdlet that would have asked.</param>
    /// <param name="isAskedFor">Whether -Confirm wants the question.</param>
    public static ErrorRecord NobodyToAsk(CommandInfo command, bool isAskedFor)
    {
        string message = $"{command.Name} has to ask, and nobody can be asked here: PowerShell runs without a prompt.";
        string how = isAskedFor ? "leave -Confirm away" : command.Parameters.ContainsKey("Force") ? "give -Force" : "give -Confirm:$false";
        return new ErrorRecord(new ChatConfigurationException(message), "NobodyToAsk", ErrorCategory.InvalidOperation, null)
        {
            ErrorDetails = Details(message, $"Look with -WhatIf, then {how}."),
        };
    }

    /// <summary>For input that cannot be understood as a whole, or a connection that is none.</summary>
    public static ErrorRecord BadInput(string errorId, string message, object? target, ErrorCategory category = ErrorCategory.InvalidArgument) =>
        new(new ChatConfigurationException(message), errorId, category, target);

    /// <summary>For input that cannot be understood as a whole.</summary>
    public static ErrorRecord BadInput(ChatError error, string what, object? target) =>
        Create(new ChatConfigurationException(what), error, target, what, CommandAdvice.For(error));

    /// <summary>For a push that failed, or may have gone out. The target is its result.</summary>
    public static ErrorRecord ForPush(PushResult result)
    {
        ChatError error = result.Error!;
        string message = $"Push to {result.Audience}: {result.Message}";
        string advice = result.Status == ChatResultStatus.Unknown ? CommandAdvice.UnclearPush(result.MsgRandom) : CommandAdvice.ForCall(error);
        return Create(new ChatRowException(message, error), error, result, message, advice);
    }

    /// <summary>For a push that cannot be withdrawn.</summary>
    public static ErrorRecord ForRevocation(string taskId, ChatServiceException fault)
    {
        string message = $"Push {taskId}: {fault.Error.Describe(fault.ErrorInfo)}";
        return Create(new ChatRowException(message, fault.Error), fault.Error, taskId, message, CommandAdvice.ForCall(fault.Error));
    }

    /// <summary>For a push that breaks a rule of the service; nothing was sent.</summary>
    public static ErrorRecord InvalidPush(ChatConfigurationException fault) => new(fault, "InvalidPush", ErrorCategory.InvalidArgument, null);

    private static ErrorRecord Create(Exception exception, ChatError error, object? target, string message, string advice) =>
        new(exception, error.ErrorId, CategoryOf(error), target) { ErrorDetails = Details(message, advice) };

    private static ErrorDetails Details(string message, string advice) =>
        new(s_showsAdvice ? message : $"{message} {advice}") { RecommendedAction = advice };

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
