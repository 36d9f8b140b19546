using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace TencentChat.PowerShell.Completion;

/// <summary>Completes the app's attribute names.</summary>
public sealed class AttributeNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(wordToComplete);
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        string start = wordToComplete.Trim('\'', '"');
        return KnownSlots.Of(fakeBoundParameters).Select(slot => slot.Name).Where(name => name.StartsWith(start, StringComparison.OrdinalIgnoreCase)).Select(name => Completed.Name(name, "attribute")).ToArray();
    }
}
