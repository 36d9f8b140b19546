using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Attributes;

namespace TencentChat.PowerShell.Binding;

/// <summary>
/// Turns an input row into an item of the run: the account, and the attributes with their values. What is wrong with the
/// first row's columns is wrong with the whole input; a later row that differs fails alone (P10).
/// </summary>
/// <param name="names">The app's attribute names.</param>
/// <param name="idProperty">The id column, when the user named it.</param>
/// <param name="picked">The attribute columns, when the user named them.</param>
/// <param name="rows">Makes the item.</param>
internal sealed class AttributeRowBinder<TRow>(AttributeNameTable names, string? idProperty, string[]? picked, IAttributeRows<TRow> rows)
    where TRow : ChatResult
{
    private RowShape? _shape;

    /// <exception cref="BadInputException">The first row's columns cannot be understood.</exception>
    public TRow Bind(PSObject input, long number)
    {
        PSObject row = RowInput.Unwrap(input);
        try
        {
            return Read(row, number);
        }
        catch (BadInputException fault) when (_shape is not null)
        {
            ChatError error = ClientErrors.UnknownAttribute with { ErrorId = fault.ErrorId };
            return rows.NewFailedRow(number, UserIdBinder.IdOrEmpty(row, idProperty), row, error, $"The row has other columns than the first one. {fault.Message}");
        }
    }

    private TRow Read(PSObject row, long number)
    {
        if (RowInput.IsPlainText(row))
        {
            throw new BadInputException("AttributeMissing", "The input names accounts only: say what to set with -Attribute @{ name = 'value' }.");
        }

        var reader = new RowReader(row);
        if (_shape is not null && reader.CellCount == _shape.CellCount && reader.CellCount != CellAccess.NotKnown && TryRead(reader, row, number) is { } result)
        {
            return result;
        }

        // Other cells than the row before, or as many under other names.
        if (SavedResult.IsOne(row))
        {
            return Read(SavedResult.RowOf(row), number);
        }

        Adopt(reader);
        return TryRead(reader, row, number)!;
    }

    // The array of names is kept while it says the same, so that rows of a batch can be merged without comparing names.
    private void Adopt(RowReader reader)
    {
        RowShape shape = RowShape.Of(reader, names, idProperty, picked);
        if (_shape is null || shape.IdColumn != _shape.IdColumn || shape.CellCount != _shape.CellCount || !shape.Columns.AsSpan().SequenceEqual(_shape.Columns))
        {
            _shape = shape;
        }
    }

    /// <returns>Null when the row lacks a column of the shape.</returns>
    private TRow? TryRead(RowReader reader, PSObject row, long number)
    {
        RowShape shape = _shape!;
        if (!reader.TryGet(shape.IdColumn, shape.IdPlace, out object? id))
        {
            return null;
        }

        if (shape.IsNested)
        {
            return ReadNested(reader, row, number, UserIdBinder.TextOrEmpty(id));
        }

        var values = new string?[shape.Columns.Length];
        string? notText = null;
        for (int i = 0; i < values.Length; i++)
        {
            if (!reader.TryGet(shape.Columns[i], shape.Places[i], out object? cell))
            {
                return null;
            }

            if (!ValueText.TryGetOrNull(cell, out values[i]))
            {
                notText ??= shape.Attributes[i];
            }
        }

        string userId = UserIdBinder.TextOrEmpty(id);
        return notText is null || RowRules.CheckUserId(userId) is not null
            ? rows.NewRow(number, userId, row, shape.Attributes, values)
            : rows.NewFailedRow(number, userId, row, ClientErrors.NotText, ClientErrors.NotText.Describe($"attribute '{notText}'"));
    }

    private TRow? ReadNested(RowReader reader, PSObject row, long number, string userId)
    {
        if (!reader.TryGet(_shape!.Columns[0], out object? cell))
        {
            return null;
        }

        try
        {
            AttributeArgument given = AttributeArgument.From(PSObject.AsPSObject(cell ?? string.Empty), names);
            return rows.NewRow(number, userId, row, given.Names, given.Values);
        }
        catch (BadInputException fault)
        {
            return rows.NewFailedRow(number, userId, row, ClientErrors.NotText with { ErrorId = fault.ErrorId }, fault.Message);
        }
    }
}
