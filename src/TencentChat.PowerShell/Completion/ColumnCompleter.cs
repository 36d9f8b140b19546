using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;

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
        string pathParameter = given.ContainsKey("LiteralPath") ? "LiteralPath" : "Path";
        if (source.GetCommandName()?.ToUpperInvariant() is not ("IMPORT-CSV" or "IPCSV") || !given.Keys.All(s_known.Contains)
            || given.GetValueOrDefault(pathParameter)?.ConstantValue is not string path
            || (given.TryGetValue("Delimiter", out ParameterBindingResult? delimiter) ? delimiter.ConstantValue?.ToString() : ",") is not [char separator])
        {
            return [];
        }

        try
        {
            return Invoke("Get-Item", (pathParameter, path), ("Force", true)).Select(item => item.BaseObject).OfType<FileInfo>().FirstOrDefault() is { } file
                ? CsvHead.Read(file, EncodingOf(given.GetValueOrDefault("Encoding")?.ConstantValue), separator) is { Length: > 0 } head ? NamesIn(head, separator) : []
                : [];
        }
        catch (Exception fault) when (fault is RuntimeException or IOException or UnauthorizedAccessException)
        {
            // Completion has no place to show an error; Import-Csv itself will.
            return [];
        }
    }

    // What Import-Csv would take the value for.
    private static Encoding EncodingOf(object? value)
    {
        if (value is null)
        {
            return Encoding.Default;
        }

        ParameterMetadata parameter = ((CommandInfo)Invoke("Get-Command", ("Name", "Import-Csv"))[0].BaseObject).Parameters["Encoding"];
        object? known = parameter.Attributes.OfType<ArgumentTransformationAttribute>().Aggregate(value, (given, attribute) => attribute.Transform(null!, given));
        return known as Encoding ?? Encoding.Default;
    }

    // Read as a row: as a header, names that are missing would draw a warning, and those that come twice an error.
    private static string[] NamesIn(string head, char separator)
    {
        string[] places = [.. Enumerable.Range(0, head.Count(character => character == separator) + 1).Select(place => $"c{place}")];
        Collection<PSObject> rows = Invoke("ConvertFrom-Csv", ("InputObject", head), ("Delimiter", separator), ("Header", places));
        string[] names = [.. rows.SelectMany(row => row.Properties).Select(property => property.Value as string).OfType<string>().Where(name => name.Length > 0)];

        // Such a file cannot be imported.
        return names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length ? names : [];
    }

    private static Collection<PSObject> Invoke(string command, params (string Name, object Value)[] parameters)
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(command).AddParameter("ErrorAction", ActionPreference.Ignore);
        foreach ((string name, object value) in parameters)
        {
            shell.AddParameter(name, value);
        }

        return shell.Invoke();
    }
}
