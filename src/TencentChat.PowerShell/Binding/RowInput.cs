using System.Collections;
using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Attributes;

namespace TencentChat.PowerShell.Binding;

/// <summary>Finds the row in what came down the pipeline.</summary>
internal static class RowInput
{
    /// <summary>A result stands for the row it carries, so that failed rows can be piped back in; read attributes are a row themselves.</summary>
    public static PSObject Unwrap(PSObject input)
    {
        while (input.BaseObject is ChatResult result and not UserAttributesResult && result.InputObject is not null)
        {
            input = PSObject.AsPSObject(result.InputObject);
        }

        return input;
    }

    /// <summary>Whether the input is an account's name itself, and no row that holds one.</summary>
    public static bool IsPlainText(PSObject row) =>
        row.BaseObject is not (PSCustomObject or IDictionary or ChatResult or bool or DateTime or DateTimeOffset) && ValueText.TryGet(row, out _);
}
