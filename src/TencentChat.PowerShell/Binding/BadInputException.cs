using TencentChat.Errors;

namespace TencentChat.PowerShell.Binding;

/// <summary>The input's form cannot be understood.</summary>
internal class BadInputException : Exception
{
    /// <param name="error">The stable word and the advice.</param>
    /// <param name="what">What is wrong, more exactly than the error says it.</param>
    public BadInputException(ChatError error, string? what = null)
        : base($"{what ?? error.Meaning} {error.Advice}")
    {
        Error = error;
        What = what ?? error.Meaning;
    }

    /// <summary>The stable word and the advice.</summary>
    public ChatError Error { get; }

    /// <summary>What is wrong, without the advice.</summary>
    public string What { get; }

    public string ErrorId => Error.ErrorId;
}
