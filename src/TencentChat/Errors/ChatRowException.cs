namespace TencentChat.Errors;

/// <summary>One row failed, or nobody knows what became of it.</summary>
/// <param name="message">Names the row, what happened, and what to do.</param>
/// <param name="error">What is known of the error.</param>
public sealed class ChatRowException(string message, ChatError error) : ChatException(message)
{
    /// <summary>What is known of the error.</summary>
    public ChatError Error { get; } = error;
}
