using TencentChat.Errors;

namespace TencentChat.PowerShell.Binding;

/// <summary>The input's form cannot be understood.</summary>
/// <param name="error">The stable word and the advice.</param>
/// <param name="what">What is wrong, more exactly than the error says it.</param>
internal class BadInputException(ChatError error, string? what = null) : Exception(what ?? error.Meaning)
{
    /// <summary>The stable word and the advice, which is no part of the message.</summary>
    public ChatError Error => error;

    public string ErrorId => error.ErrorId;
}
