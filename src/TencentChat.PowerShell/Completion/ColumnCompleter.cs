using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace TencentChat.PowerShell.Completion;

/// <summary>Completes the columns of a CSV file that the pipeline begins with: <c>Import-Csv users.csv | …</c></summary>
public sealed class ColumnCompleter : IArgumentCompleter
{
    // What else Import-Csv is given may change the columns.
    private static readonly string[] s_known = ["Path", "LiteralPath", "Delimiter", "Encoding"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(wordToComplete);
        ArgumentNullException.ThrowIfNull(commandAst);
        string start = wordToComplete.Trim('\'', '"');
        return commandAst.Parent is PipelineAst { PipelineElements: [CommandAst source, ..] } && source != commandAst
            ? [.. ColumnsOf(source).Where(name => name.StartsWith(start, StringComparison.OrdinalIgnoreCase)).Select(name => Completed.Name(name, "column"))]
            : [];
    }

    private static string[] ColumnsOf(CommandAst source)
    {
        Dictionary<string, ParameterBindingResult> given = StaticParameterBinder.BindCommand(source).BoundParameters;
        if (source.GetCommandName()?.ToUpperInvariant() is not ("IMPORT-CSV" or "IPCSV") || !given.Keys.All(s_known.Contains)
            || (given.GetValueOrDefault("Path") ?? given.GetValueOrDefault("LiteralPath"))?.ConstantValue is not string path)
        {
            return [];
        }

        try
        {
            // The head of the file, and a row in case it has none.
            using var reading = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
            reading.AddCommand("Get-Content").AddParameter("Path", path).AddParameter("TotalCount", 2).AddParameter("ErrorAction", "Ignore");
            if (given.TryGetValue("Encoding", out ParameterBindingResult? encoding))
            {
                reading.AddParameter("Encoding", encoding.ConstantValue);
            }

            string[] head = [.. reading.Invoke<string>(), "x"];
            using var parsing = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
            parsing.AddCommand("ConvertFrom-Csv").AddParameter("InputObject", head);
            if (given.TryGetValue("Delimiter", out ParameterBindingResult? delimiter))
            {
                parsing.AddParameter("Delimiter", delimiter.ConstantValue);
            }

            return parsing.Invoke().FirstOrDefault()?.Properties.Select(property => property.Name).ToArray() ?? [];
        }
        catch (RuntimeException)
        {
            // Completion has no place to show an error; Import-Csv itself will.
            return [];
        }
    }
}
