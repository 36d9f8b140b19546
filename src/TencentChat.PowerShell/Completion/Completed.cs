using System.Management.Automation;
using System.Management.Automation.Language;

namespace TencentChat.PowerShell.Completion;

/// <summary>A completed name, quoted where PowerShell wants it.</summary>
internal static class Completed
{
    /// <param name="name">The name.</param>
    /// <param name="kind">What it names.</param>
    public static CompletionResult Name(string name, string kind)
    {
        bool isPlain = name.All(character => char.IsLetterOrDigit(character) || character == '_');
        string text = isPlain ? name : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'";
        return new CompletionResult(text, name, CompletionResultType.ParameterValue, $"{kind} {name}");
    }
}
