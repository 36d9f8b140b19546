namespace TencentChat.Errors;

/// <summary>One row failed, or nobody knows what became of it.</summary>
public sealed class ChatRowException : ChatException
{
    /// <summary>Makes the error of one row.</summary>
    /// <param name="message">Names the row, what happened, and what to do.</param>
    /// <param name="error">What is known of the error.</param>
    internal ChatRowException(string message, ChatError error)
        : base(message) => Error = error;

    /// <summary>What is known of the error.</summary>
    public ChatError Error { get; }
}
