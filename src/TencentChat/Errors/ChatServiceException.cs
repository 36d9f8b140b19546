namespace TencentChat.Errors;

/// <summary>The service understood the call and refused it.</summary>
public sealed class ChatServiceException : ChatException
{
    /// <summary>Makes the error of one code.</summary>
    /// <param name="error">What is known of the code.</param>
    /// <param name="errorInfo">The service's own words; they are cleaned of control characters and of anything that looks like
    /// a signature, and cut at 200 characters.</param>
    internal ChatServiceException(ChatError error, string? errorInfo)
        : base($"{error.Describe(errorInfo)} {error.Advice}")
    {
        Error = error;
        string? clean = Redaction.Clean(errorInfo);
        ErrorInfo = string.IsNullOrEmpty(clean) ? null : clean;
    }

    /// <summary>What is known of the code.</summary>
    public ChatError Error { get; }

    /// <summary>The service's own words, cleaned; null when it gave none.</summary>
    public string? ErrorInfo { get; }
}
