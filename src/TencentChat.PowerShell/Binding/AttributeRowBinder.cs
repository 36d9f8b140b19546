using System.Management.Automation;
using System.Runtime.CompilerServices;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Attributes;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Binding;

/// <summary>
/// Turns an input row into an item of the run: the user, and the attributes with their values. What is wrong with the first
/// row's columns is wrong with the whole input; a later row that differs fails alone (P10).
/// </summary>
/// <param name="names">The app's attribute names.</param>
/// <param name="idProperty">The id column, when the user named it.</param>
/// <param name="picked">The attribute columns, when the user named them.</param>
/// <param name="given">Attributes that every row gets; they win over a column of their name.</param>
/// <param name="rows">Makes the item.</param>
/// <param name="isMissingTold">Whether to tell of cells that hold nothing at all, which are no empty cells.</param>
/// <param name="warn">Told of those, and of columns that <paramref name="given"/> replaces.</param>
internal sealed class AttributeRowBinder<TRow>(
    AttributeNameTable names,
    string? idProperty,
    string[]? picked,
    AttributeArgument? given,
    IAttributeRows<TRow> rows,
    bool isMissingTold,
    Action<string> warn)
    where TRow : ChatResult
{
    private readonly AttributeCells _cells = new(names, picked, given is not null);
    private RowShape? _shape;
    private string[] _attributes = [];
    private int _cellCount;
    private bool _isNested;
    private bool _hasReadStatus;
    private bool _isUnderstood;
    private bool _hasWarned;
    private bool _hasToldMissing;

    /// <exception cref="BadInputException">The first row's columns cannot be understood.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public TRow Bind(PSObject input, long number)
    {
        var row = RowInput.Of(input);
        try
        {
            BoundRow bound = Read(row);
            if (isMissingTold && !_hasToldMissing)
            {
                TellMissing(bound, number);
            }

            return bound.Error is null || RowRules.CheckUserId(bound.UserId) is not null
                ? rows.NewRow(number, bound.UserId, bound.Source, bound.Names, bound.Values, bound.Columns)
                : rows.NewFailedRow(number, bound.UserId, bound.Source, bound.Error, bound.What!);
        }
        catch (BadInputException fault) when (fault is BadRowException || _isUnderstood)
        {
            string what = fault is BadRowException ? fault.Message : $"The row has other columns than the first one. {fault.Message}";
            return rows.NewFailedRow(number, UserIdBinder.FindOrEmpty(input, idProperty), row.Row, fault.Error, what);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private BoundRow Read(RowInput input)
    {
        PSObject row = input.Row;
        BoundRow bound = RowInput.IsPlainText(row) ? ReadName(row) : ReadCells(row);
        return string.IsNullOrEmpty(input.ResultUserId) || input.ResultUserId == bound.UserId ? bound : throw new BadRowException(InputErrors.RowChanged);
    }

    private BoundRow ReadName(PSObject row)
    {
        AttributeArgument all = given ?? throw new BadInputException(InputErrors.AttributeMissing, "The input names users only, and nothing says what to set.");
        _isUnderstood = true;
        return new BoundRow(UserIdBinder.TextOf(row), row, all.Names, all.Values, []);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private BoundRow ReadCells(PSObject row)
    {
        RowInput.RefuseContainer(row);
        if (row.BaseObject is ChatUserAttributes { IsRead: false } unread)
        {
            throw NotRead(unread.ErrorId ?? unread.ReadStatus);
        }

        var reader = new RowReader(row);
        if (_shape is null || !_shape.TryRead(reader))
        {
            if (SavedResult.IsOne(row))
            {
                return Read(SavedResult.RowOf(row));
            }

            Adopt(row, reader);
            _shape!.Read(reader);
        }

        string userId = UserIdBinder.TextOf(_shape.Cells[0]);
        RefuseUnread();
        return _isNested ? ReadNested(userId, row) : ReadFlat(userId, row);
    }

    // The id comes first among the cells to read, then the attributes, then the column that tells whether the row was read.
    private void Adopt(PSObject row, in RowReader reader)
    {
        List<string> all = reader.Names();
        string id = IdColumn.Find(row, all, idProperty);
        (string Column, string Attribute)[] cells = _cells.Find(all, id);
        _isNested = _cells.IsNested(Array.ConvertAll(cells, cell => cell.Column));
        if (given is not null && !_isNested)
        {
            cells = LeaveToGiven(row, cells);
        }

        string? readStatus = _cells.FindReadStatus(all);
        string[] attributes = [.. cells.Select(cell => cell.Attribute), .. _isNested ? [] : given?.Names ?? []];
        string[] wanted = [id, .. cells.Select(cell => cell.Column), .. readStatus is null ? Array.Empty<string>() : [readStatus]];
        _shape = new RowShape(reader, all, wanted, isOthersToo: picked is null || rows.IsAboutAllColumns || !IdColumn.IsFirstChoice(id, idProperty));
        _cellCount = cells.Length;
        _hasReadStatus = readStatus is not null;
        _isUnderstood = true;

        // The array is kept while it says the same, so that rows of a batch can be merged without comparing names.
        if (!attributes.AsSpan().SequenceEqual(_attributes))
        {
            _attributes = attributes;
        }
    }

    // What was read with all columns is not the user's own table, so there is nothing to be told.
    private (string Column, string Attribute)[] LeaveToGiven(PSObject row, (string Column, string Attribute)[] cells)
    {
        ILookup<bool, (string Column, string Attribute)> split = cells.ToLookup(cell => given!.Names.Contains(cell.Attribute));
        if (split[true].Any() && !_hasWarned && row.BaseObject is not ChatUserAttributes)
        {
            _hasWarned = true;
            warn($"-Attribute sets {ColumnName.List([.. split[true].Select(cell => $"'{cell.Attribute}'")])} for every row; what the rows say in a column of that name is not used.");
        }

        return [.. split[false]];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private BoundRow ReadFlat(string userId, PSObject row)
    {
        string?[] values = new string?[_attributes.Length];
        ChatError? error = null;
        string? where = null;
        for (int i = 0; i < _cellCount; i++)
        {
            if (CellText.Check(_shape!.Cells[i + 1], out values[i]) is { } wrong)
            {
                (error, where) = (wrong, _attributes[i]);
            }
        }

        given?.Values.CopyTo(values, _cellCount);
        return new BoundRow(userId, row, _attributes, values, _shape!.Columns) { Error = error, What = error?.Describe($"attribute '{where}'") };
    }

    private BoundRow ReadNested(string userId, PSObject row)
    {
        try
        {
            var own = AttributeArgument.From(PSObject.AsPSObject(_shape!.Cells[1] ?? string.Empty), names);
            return given is null ? new BoundRow(userId, row, own.Names, own.Values, _shape.Columns) : Overlay(userId, row, own, given);
        }
        catch (BadInputException fault)
        {
            return new BoundRow(userId, row, [], [], []) { Error = fault.Error, What = fault.Message };
        }
    }

    private BoundRow Overlay(string userId, PSObject row, AttributeArgument own, AttributeArgument winner)
    {
        int[] kept = Enumerable.Range(0, own.Names.Length).Where(i => !winner.Names.Contains(own.Names[i])).ToArray();
        return new BoundRow(userId, row, [.. kept.Select(i => own.Names[i]), .. winner.Names], [.. kept.Select(i => own.Values[i]), .. winner.Values], _shape!.Columns);
    }

    // Import-Csv gives nothing at all for the cells that a line is too short for. What Get-ChatUserAttribute wrote has none
    // for attributes that the user does not have.
    private void TellMissing(BoundRow row, long number)
    {
        string[] missing = row.Names.Where((_, index) => row.Values.Length > index && row.Values[index] is null).Select(name => $"'{name}'").ToArray();
        if (missing.Length > 0 && !_hasReadStatus)
        {
            _hasToldMissing = true;
            warn($"Row {number} holds nothing ($null) for {ColumnName.List(missing)}; Import-Csv gives that where a line is too short, and ConvertFrom-Csv for an empty last cell. Only an empty text removes an attribute, so what holds nothing is left as it is, here and in later rows.");
        }
    }

    private void RefuseUnread()
    {
        if (_hasReadStatus && ValueText.TryGetOrNull(_shape!.Cells[^1], out string? status) &&
            status?.Equals(nameof(ChatResultStatus.Succeeded), StringComparison.OrdinalIgnoreCase) == false)
        {
            throw NotRead(status);
        }
    }

    private static BadRowException NotRead(string status) =>
        new(InputErrors.NotRead, $"The user could not be read when this row was made ({status}), so its cells say nothing about the user.");
}
