using System.Management.Automation;
using TencentChat.Errors;
using TencentChat.Operations.Accounts;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Binding;

/// <summary>Turns an input row into an account to import: the id, and nickname and photo where the row has columns for them.</summary>
/// <param name="operation">Makes the item.</param>
/// <param name="idProperty">The id column, when the user named it.</param>
/// <param name="nick">The nickname for rows that are names.</param>
/// <param name="faceUrl">The photo for rows that are names.</param>
/// <param name="warn">Told once of each column that is not used.</param>
internal sealed class ProfileRowBinder(ImportAccounts operation, string? idProperty, string? nick, string? faceUrl, Action<string> warn)
{
    private readonly UserIdBinder _ids = new(idProperty);
    private readonly HashSet<string> _told = new(StringComparer.OrdinalIgnoreCase);
    private RowLayout? _layout;
    private string? _nickColumn;
    private string? _faceColumn;

    /// <exception cref="BadInputException">The first row cannot be understood.</exception>
    public ImportRow Bind(PSObject input, long number)
    {
        RowInput row = RowInput.Of(input);
        (string? nickText, string? faceText) = (nick, faceUrl);
        try
        {
            if (!RowInput.IsPlainText(row.Row))
            {
                row = Look(row);
                var reader = new RowReader(row.Row);
                (nickText, faceText) = (TextOf(reader, _nickColumn), TextOf(reader, _faceColumn));
            }
        }
        catch (BadInputException fault) when (fault is BadRowException || number > 1)
        {
            return operation.NewFailedRow(number, UserIdBinder.FindOrEmpty(input, idProperty), row.Row, fault.Error, fault.Message);
        }

        return _ids.Bind(row.Row, number, operation, (number, userId, source) =>
            string.IsNullOrEmpty(row.ResultUserId) || row.ResultUserId == userId
                ? ImportAccounts.NewRow(number, userId, source, nickText, faceText)
                : operation.NewFailedRow(number, userId, source, InputErrors.RowChanged, InputErrors.RowChanged.Meaning));
    }

    /// <summary>Finds the columns of a row that is built otherwise than the one before it, and the row itself where a saved result stands for it.</summary>
    private RowInput Look(RowInput input)
    {
        RowInput.RefuseContainer(input.Row);
        var reader = new RowReader(input.Row);
        if (_layout is not null && _layout.Fits(reader))
        {
            return input;
        }

        bool isSaved = SavedResult.IsOne(input.Row);
        if (isSaved && !SavedResult.HoldsAttributes(input.Row))
        {
            RowInput saved = SavedResult.RowOf(input.Row);
            return RowInput.IsPlainText(saved.Row) ? saved : Look(saved);
        }

        List<string> all = reader.Names();
        string idColumn = IdColumn.Find(input.Row, all, idProperty);
        _nickColumn = ColumnName.Find(all, nameof(ImportRow.Nick));
        _faceColumn = ColumnName.Find(all, nameof(ImportRow.FaceUrl));
        _layout = RowLayout.Of(reader, all);

        // What a result carries was made for another command.
        if (input.ResultUserId is null && !isSaved && input.Row.BaseObject is not ChatUserAttributes)
        {
            TellUnused(all.Where(column => column != idColumn && column != _nickColumn && column != _faceColumn));
        }

        return input;
    }

    private static string? TextOf(in RowReader reader, string? column)
    {
        if (column is null)
        {
            return null;
        }

        reader.TryGet(column, out object? cell);
        return ValueText.TryGet(cell, out string? text) ? text : throw new BadRowException(ClientErrors.NotText, ClientErrors.NotText.Describe(column));
    }

    private void TellUnused(IEnumerable<string> columns)
    {
        string[] unused = columns.Where(column => !AttributeCells.IsDecoration(column) && _told.Add(column)).ToArray();
        if (unused.Length > 0)
        {
            warn($"An account is imported with {nameof(ImportRow.Nick)} and {nameof(ImportRow.FaceUrl)}; not used: {ColumnName.List(unused)}.");
        }
    }
}
