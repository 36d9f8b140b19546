using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using TencentChat.PowerShell.Connections;

namespace TencentChat.PowerShell.Completion;

/// <summary>Completes tags that were seen or given on the connection: the service has no command that lists them.</summary>
public sealed class TagCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(wordToComplete);
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        object? given = fakeBoundParameters["Connection"] is PSObject wrapped ? wrapped.BaseObject : fakeBoundParameters["Connection"];
        ChatConnection? connection = given as ChatConnection ?? DefaultConnection.Here.Current;
        string start = wordToComplete.Trim('\'', '"');
        return connection is null ? []
            : [.. connection.TagsSeen.All().Where(tag => tag.StartsWith(start, StringComparison.OrdinalIgnoreCase)).Select(tag => Completed.Name(tag, "tag"))];
    }
}
