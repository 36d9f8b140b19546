using System.Collections;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using TencentChat.Bulk;

namespace TencentChat.PowerShell.Binding;

/// <summary>
/// Finds the user in what came down the pipeline: the text itself, or the id column of a row. An input whose first row has
/// no id column cannot be understood as a whole; a later row without one fails alone (P2).
/// </summary>
/// <param name="idProperty">The id column, when the user named it.</param>
internal sealed class UserIdBinder(string? idProperty)
{
    private RowShape? _shape;
    private bool _isUnderstood;

    /// <summary>Makes the item of a row of which nothing but the user counts; it comes settled when the row names nobody.</summary>
    /// <param name="input">What came down the pipeline.</param>
    /// <param name="number">The row's number.</param>
    /// <param name="operation">Makes the item.</param>
    /// <param name="create">Makes it, where the operation must be told more: number, user, and the row as it came.</param>
    /// <exception cref="BadInputException">The input as a whole cannot be understood.</exception>
    public TRow Bind<TRow>(PSObject input, long number, BulkOperation<TRow> operation, Func<long, string, object, TRow>? create = null)
        where TRow : ChatResult, IBulkRow<TRow>
    {
        // What comes of it may be piped on to where tags are set.
        PSObject row = RowInput.Of(input, keepsTags: true).Row;
        try
        {
            return (create ?? operation.NewRow)(number, Find(input), row);
        }
        catch (BadInputException fault) when (fault is BadRowException || _isUnderstood)
        {
            return operation.NewFailedRow(number, string.Empty, row, fault.Error, fault.Message);
        }
    }

    /// <summary>The user; empty when the row's cell is.</summary>
    /// <exception cref="BadInputException">The row has no id column, or its cell cannot be an id.</exception>
    public string Find(PSObject input)
    {
        (PSObject row, string? userId) = RowInput.Of(input);
        if (string.IsNullOrEmpty(userId))
        {
            userId = RowInput.IsPlainText(row) ? TextOf(row) : Read(row);
        }

        _isUnderstood = true;
        return userId;
    }

    /// <summary>The user of a row that is refused for something else; empty when it cannot be told.</summary>
    public static string FindOrEmpty(PSObject input, string? idProperty)
    {
        try
        {
            return new UserIdBinder(idProperty).Find(input);
        }
        catch (BadInputException)
        {
            return string.Empty;
        }
    }

    /// <summary>The text of an id cell.</summary>
    /// <exception cref="BadRowException">It holds something that cannot be an id.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static string TextOf(object? cell) =>
        UserIdText.TryGet(cell, out string userId) ? userId
        : (cell is PSObject wrapped ? wrapped.BaseObject : cell) is ICollection ids and not IDictionary
            ? throw new BadRowException(InputErrors.UserIdNotText, $"The user id is a list of {ids.Count}; a row names one user.")
            : throw new BadRowException(InputErrors.UserIdNotText);

    private string Read(PSObject row)
    {
        RowInput.RefuseContainer(row);
        var reader = new RowReader(row);
        if (_shape is not null && _shape.TryRead(reader))
        {
            return TextOf(_shape.Cells[0]);
        }

        // What a result is about is known, whatever the id column of its row is called. Attributes that were read may have
        // been given to another user since.
        if (SavedResult.IsOne(row) && !SavedResult.HoldsAttributes(row))
        {
            return SavedResult.UserIdOf(row) is { Length: > 0 } userId ? userId : Find(SavedResult.RowOf(row).Row);
        }

        List<string> columns = reader.Names();
        string column = IdColumn.Find(row, columns, idProperty);
        _isUnderstood = true;
        _shape = new RowShape(reader, columns, [column], isOthersToo: !IdColumn.IsFirstChoice(column, idProperty));
        _shape.Read(reader);
        return TextOf(_shape.Cells[0]);
    }
}
