namespace TencentChat.Errors;

/// <summary>The base of every error that this library reports about the service, the way to it, or its configuration.</summary>
public abstract class ChatException : Exception
{
    private protected ChatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
