using TencentChat.Errors;

namespace TencentChat.PowerShell.Binding;

/// <summary>One row is wrong, whatever the rows around it are like: it fails alone, even as the first one (P2).</summary>
/// <param name="error">The stable word and the advice.</param>
/// <param name="what">What is wrong, more exactly than the error says it.</param>
internal sealed class BadRowException(ChatError error, string? what = null) : BadInputException(error, what);
