namespace TencentChat.PowerShell.Binding;

/// <summary>The input's form cannot be understood.</summary>
/// <param name="errorId">The stable word for the error record.</param>
/// <param name="message">What is wrong and what to do.</param>
internal sealed class BadInputException(string errorId, string message) : Exception(message)
{
    public string ErrorId => errorId;
}
