using System.Management.Automation;
using TencentChat.Bulk;

namespace TencentChat.PowerShell.Binding;

/// <summary>Finds the account in what came down the pipeline: the text itself, or the id column of a row.</summary>
internal sealed class UserIdBinder(string? idProperty)
{
    private string? _column;

    /// <summary>The account; empty when the row's cell is.</summary>
    /// <exception cref="BadInputException">The row has no id column.</exception>
    public string Bind(PSObject input)
    {
        if (input.BaseObject is ChatResult result)
        {
            return result.UserId;
        }

        if (RowInput.IsPlainText(input))
        {
            return TextOrEmpty(input);
        }

        var reader = new RowReader(input);
        if (_column is null || !reader.TryGet(_column, out object? id))
        {
            if (SavedResult.IsOne(input))
            {
                return TextOrEmpty(SavedResult.UserIdOf(input));
            }

            _column = IdColumn.Find(reader, idProperty);
            reader.TryGet(_column, out id);
        }

        return TextOrEmpty(id);
    }

    /// <summary>The first row decides whether the input can be understood; a later one without an id fails alone.</summary>
    public string Bind(PSObject input, long number)
    {
        try
        {
            return Bind(input);
        }
        catch (BadInputException) when (number > 1)
        {
            return string.Empty;
        }
    }

    public static string TextOrEmpty(object? id) => ValueText.TryGet(id, out string? text) ? text ?? string.Empty : string.Empty;

    /// <summary>The account of a row that is refused for something else.</summary>
    public static string IdOrEmpty(PSObject row, string? idProperty)
    {
        try
        {
            return new UserIdBinder(idProperty).Bind(row);
        }
        catch (BadInputException)
        {
            return string.Empty;
        }
    }
}
