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
    private readonly HashSet<string> _told = new(StringComparer.OrdinalIgnoreCase);
    private RowShape? _shape;
    private string? _nickColumn;
    private string? _faceColumn;
    private bool _isUnderstood;

    /// <exception cref="BadInputException">The first row cannot be understood.</exception>
    public ImportRow Bind(PSObject input, long number)
    {
        var row = RowInput.Of(input);
        try
        {
            return Read(row, number);
        }
        catch (BadInputException fault) when (fault is BadRowException || _isUnderstood)
        {
            return operation.NewFailedRow(number, UserIdBinder.FindOrEmpty(input, idProperty), row.Row, fault.Error, fault.Message);
        }
    }

    private ImportRow Read(RowInput input, long number)
    {
        PSObject row = input.Row;
        string userId;
        (string? nickText, string? faceText) = (nick, faceUrl);
        if (RowInput.IsPlainText(row))
        {
            userId = UserIdBinder.TextOf(row);
            _isUnderstood = true;
        }
        else
        {
            RowInput.RefuseContainer(row);
            var reader = new RowReader(row);
            if (_shape is null || !_shape.TryRead(reader))
            {
                bool isSaved = SavedResult.IsOne(row);
                if (isSaved && !SavedResult.HoldsAttributes(row))
                {
                    return Read(SavedResult.RowOf(row), number);
                }

                // What a result carries was made for another command.
                Adopt(row, reader, isUsersOwn: !isSaved && input.ResultUserId is null && row.BaseObject is not ChatUserAttributes);
                _shape!.Read(reader);
            }

            userId = UserIdBinder.TextOf(_shape.Cells[0]);
            nickText = _nickColumn is null ? null : TextOf(_shape.Cells[1], _nickColumn);
            faceText = _faceColumn is null ? null : TextOf(_shape.Cells[^1], _faceColumn);
        }

        return string.IsNullOrEmpty(input.ResultUserId) || input.ResultUserId == userId
            ? ImportAccounts.NewRow(number, userId, row, nickText, faceText)
            : throw new BadRowException(InputErrors.RowChanged);
    }

    // The id comes first among the cells to read, then the nickname, then the photo.
    private void Adopt(PSObject row, in RowReader reader, bool isUsersOwn)
    {
        List<string> all = reader.Names();
        string idColumn = IdColumn.Find(row, all, idProperty);
        _nickColumn = ColumnName.Find(all, nameof(ImportRow.Nick));
        _faceColumn = ColumnName.Find(all, nameof(ImportRow.FaceUrl));
        string?[] wanted = [idColumn, _nickColumn, _faceColumn];
        _shape = new RowShape(reader, all, [.. wanted.OfType<string>()], isOthersToo: true);
        _isUnderstood = true;
        if (isUsersOwn)
        {
            TellUnused(all.Except(wanted));
        }
    }

    private static string? TextOf(object? cell, string column) =>
        ValueText.TryGet(cell, out string? text) ? text : throw new BadRowException(ClientErrors.NotText, ClientErrors.NotText.Describe(column));

    private void TellUnused(IEnumerable<string?> columns)
    {
        string[] unused = columns.OfType<string>().Where(column => !AttributeCells.IsDecoration(column) && _told.Add(column)).ToArray();
        if (unused.Length > 0)
        {
            warn($"An account is imported with {nameof(ImportRow.Nick)} and {nameof(ImportRow.FaceUrl)}; not used: {ColumnName.List(unused)}.");
        }
    }
}
