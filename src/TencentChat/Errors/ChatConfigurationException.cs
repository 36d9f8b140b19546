namespace TencentChat.Errors;

/// <summary>An option is wrong or a connection is missing; the message says what to do.</summary>
public sealed class ChatConfigurationException : ChatException
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    internal ChatConfigurationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
