using System.Collections;
using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Attributes;

namespace TencentChat.PowerShell.Binding;

/// <summary>Attributes with their values: a hashtable, an ordered dictionary, or an object with properties.</summary>
internal sealed class AttributeArgument
{
    private AttributeArgument(string[] names, string[] values)
    {
        Names = names;
        Values = values;
    }

    public string[] Names { get; }

    public string[] Values { get; }

    /// <exception cref="BadInputException">A name or a value that cannot be right.</exception>
    public static AttributeArgument From(PSObject argument, AttributeNameTable table)
    {
        if (argument.BaseObject is IList || ValueText.TryGet(argument, out _))
        {
            throw new BadInputException(InputErrors.AttributeMissing, "Names with values are needed, as in -Attribute @{ city = 'Paris' }.");
        }

        var reader = new RowReader(argument);
        string[] names = AttributeCells.WithoutDecorations(reader.Names(), table);
        AttributeNames.RefuseUnknown(names, table);
        return names.Length > 0 ? new AttributeArgument(names, Array.ConvertAll(names, name => ValueOf(reader, name)))
            : throw new BadInputException(InputErrors.AttributeMissing, "The table of attributes is empty.");
    }

    private static string ValueOf(RowReader reader, string name)
    {
        reader.TryGet(name, out object? value);
        ChatError? error = CellText.Check(value, out string? text) ?? (text is null ? null : RowRules.CheckValue(text));
        return error is not null ? throw new BadInputException(error, error.Describe($"attribute '{name}'"))
            : string.IsNullOrEmpty(text) ? throw new BadInputException(InputErrors.AttributeWithoutValue, $"The attribute '{name}' is given no value.")
            : text;
    }
}
