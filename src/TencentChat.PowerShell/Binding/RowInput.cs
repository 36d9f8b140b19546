using System.Collections;
using System.ComponentModel;
using System.Data;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Runtime.CompilerServices;
using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Binding;

/// <summary>The row in what came down the pipeline.</summary>
/// <param name="Row">The row, or a user's name.</param>
/// <param name="ResultUserId">The user of the result that carried the row; null when the row came by itself.</param>
internal readonly record struct RowInput(PSObject Row, string? ResultUserId)
{
    /// <summary>A result stands for the row it carries, so that failed rows can be piped back in; read attributes are a row themselves.</summary>
    /// <param name="input">What came down the pipeline.</param>
    /// <param name="keepsTags">Whether read tags are, too.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static RowInput Of(PSObject input, bool keepsTags = false)
    {
        string? userId = null;
        while ((input.BaseObject is ChatUserTag read && !keepsTags ? read.Result : input.BaseObject) is ChatResult result and not UserAttributesResult
            && result.InputObject is not null)
        {
            userId ??= result.UserId;
            input = PSObject.AsPSObject(result.InputObject);
        }

        return new RowInput(input, userId);
    }

    /// <summary>The row alone.</summary>
    public static PSObject Unwrap(PSObject input) => Of(input).Row;

    /// <summary>Whether the input is a user's name itself, and no row that holds one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool IsPlainText(PSObject row) => row.BaseObject is not (PSCustomObject or IDictionary or ChatResult) && UserIdText.TryGet(row, out _);

    /// <exception cref="BadInputException">The input is none: it is nothing, or holds rows itself.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RefuseContainer(PSObject row)
    {
        // What a $null in the pipeline is passed on as.
        if (ReferenceEquals(row, AutomationNull.Value))
        {
            throw new BadRowException(InputErrors.RowIsNull);
        }

        switch (row.BaseObject)
        {
            case PSCustomObject or IDictionary or DataRow or DataRowView:
                return;
            case FileSystemInfo:
                throw new BadInputException(InputErrors.FileIsNoRow);

            // What the engine would have taken apart in a pipeline.
            case { } some when some is IListSource or IEnumerator || LanguagePrimitives.GetEnumerable(some) is not null:
                throw new BadInputException(InputErrors.ListIsNoRow);
        }
    }
}
