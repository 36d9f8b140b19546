using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using TencentChat.Operations.Attributes;
using TencentChat.PowerShell.Connections;

namespace TencentChat.PowerShell.Completion;

/// <summary>
/// Completes the app's attribute names, from what the connection remembers. A connection that was never asked for them is
/// asked once, and a prompt waits less than a second for that.
/// </summary>
public sealed class AttributeNameCompleter : IArgumentCompleter
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(800);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(wordToComplete);
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var given = fakeBoundParameters["Connection"] is PSObject wrapped ? wrapped.BaseObject : fakeBoundParameters["Connection"];
        ChatConnection? connection = given as ChatConnection ?? DefaultConnection.Here.Current;
        string start = wordToComplete.Trim('\'', '"');
        return connection is null || connection.IsClosed ? []
            : NamesOf(connection).Where(name => name.StartsWith(start, StringComparison.OrdinalIgnoreCase)).Select(name => Completed.Name(name, "attribute")).ToArray();
    }

    private static IReadOnlyList<string> NamesOf(ChatConnection connection)
    {
        if (connection.Names.Known is { } known)
        {
            return known.Names;
        }

        Task<AttributeNameTable> asked = connection.GetAttributeNamesAsync(TimeSpan.MaxValue);
        try
        {
            return asked.Wait(s_patience) ? asked.Result.Names : [];
        }
        catch (AggregateException)
        {
            // Completion has no place to show an error; the command itself will.
            return [];
        }
    }
}
