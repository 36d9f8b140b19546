using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Binding;

/// <summary>
/// Results that come back from a file, a job or another machine (Import-Clixml, ConvertFrom-Json, Receive-Job): they have
/// their members still, but are no longer of their type.
/// </summary>
internal static class SavedResult
{
    private static readonly string[] s_members =
    [
        nameof(ChatResult.InputObject),
        nameof(ChatResult.ErrorId),
        nameof(ChatResult.ErrorCode),
        nameof(ChatResult.Attempts),
        nameof(ChatResult.Batch),
        nameof(ChatResult.Status),
        nameof(ChatResult.Message),
        nameof(ChatResult.Row),
    ];

    /// <summary>Whether the object is a result. To be asked only of rows that differ from those before them: it takes a while.</summary>
    public static bool IsOne(PSObject row) =>
        row.BaseObject is PSCustomObject && Array.TrueForAll(s_members, name => row.Properties[name] is not null);

    /// <summary>The account that the result is about.</summary>
    public static object? UserIdOf(PSObject saved) => saved.Properties[nameof(ChatResult.UserId)]?.Value;

    /// <summary>The row that the result stands for.</summary>
    /// <exception cref="BadInputException">The row was not saved with it: a CSV file has no room for it.</exception>
    public static PSObject RowOf(PSObject saved)
    {
        if (saved.Properties[nameof(ChatUserAttributes.Attributes)]?.Value is { } attributes)
        {
            return ColumnsOf(saved, new RowReader(PSObject.AsPSObject(attributes)));
        }

        object? input = saved.Properties[nameof(ChatResult.InputObject)].Value;
        PSObject row = PSObject.AsPSObject(input ?? string.Empty);
        return RowInput.IsPlainText(row) && UserIdBinder.TextOrEmpty(row) != UserIdBinder.TextOrEmpty(UserIdOf(saved))
            ? throw new BadInputException("RowNotSaved", "The results were saved without their rows, so what they asked for is not known. Pipe in the table itself, or save results with Export-Clixml.")
            : row;
    }

    // The columns, as they may have been edited; but an attribute called like a member of results is only sure to be found
    // among the attributes.
    private static PSObject ColumnsOf(PSObject saved, RowReader attributes)
    {
        var row = new PSObject();
        foreach (PSPropertyInfo property in saved.Properties)
        {
            object? value = property.Value;
            bool isMember = s_members.Contains(property.Name) || property.Name == nameof(ChatUserAttributes.Attributes);
            if (!isMember || attributes.TryGet(property.Name, out value))
            {
                row.Properties.Add(new PSNoteProperty(property.Name, value));
            }
        }

        return row;
    }
}
