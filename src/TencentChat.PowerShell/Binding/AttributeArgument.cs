using System.Collections;
using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Attributes;

namespace TencentChat.PowerShell.Binding;

/// <summary>What <c>-Attribute</c> asks to set: a hashtable, an ordered dictionary, or an object with properties.</summary>
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
        if (RowInput.IsPlainText(argument) || argument.BaseObject is IList)
        {
            throw new BadInputException("AttributeMissing", "-Attribute takes names with values: -Attribute @{ city = 'Paris' }.");
        }

        var reader = new RowReader(argument);
        string[] names = [.. reader.Names()];
        AttributeNames.RefuseUnknown(names, table);
        string[] values = names.Select(name =>
        {
            reader.TryGet(name, out object? value);
            ChatError? error = !ValueText.TryGetOrNull(value, out string? text) ? ClientErrors.NotText : text is null ? null : RowRules.CheckValue(text);
            return error is not null
                ? throw new BadInputException(error.ErrorId, $"{error.Describe($"attribute '{name}'")} {error.Advice}")
                : text ?? throw new BadInputException(
                    "InvalidAttributeValue", $"-Attribute gives '{name}' no value. To clear an attribute use Remove-ChatUserAttribute -Name {name}.");
        }).ToArray();
        return names.Length > 0 ? new AttributeArgument(names, values)
            : throw new BadInputException("AttributeMissing", "-Attribute names nothing to set.");
    }
}
