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
/// <param name="create">Makes the item.</param>
/// <param name="isEmptyRowNothing">Whether a row without any value is skipped.</param>
internal sealed class AttributeRowBinder(AttributeNameTable names, string? idProperty, string[]? picked, AttributeRowBinder.RowFactory create, bool isEmptyRowNothing)
{
    internal delegate ChatResult RowFactory(long number, string userId, object row, string[] names, string?[] values);

    private RowShape? _shape;

    /// <exception cref="BadInputException">The first row's columns cannot be understood.</exception>
    public ChatResult Bind(PSObject input, long number)
    {
        PSObject row = RowInput.Unwrap(input);
        try
        {
            return Read(row, number);
        }
        catch (BadInputException fault) when (_shape is not null)
        {
            ChatResult misfit = create(number, UserIdBinder.IdOrEmpty(row, idProperty), row, [], []);
            ServiceError error = ClientErrors.UnknownAttribute with { ErrorId = fault.ErrorId };
            misfit.Settle(ChatResultStatus.Failed, 0, $"The row has other columns than the first one. {fault.Message}", error);
            return misfit;
        }
    }

    private ChatResult Read(PSObject row, long number)
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
    private ChatResult? TryRead(RowReader reader, PSObject row, long number)
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
        ServiceError? error = null;
        string? where = null;
        for (int i = 0; i < values.Length; i++)
        {
            if (!reader.TryGet(shape.Columns[i], shape.Places[i], out object? cell))
            {
                return null;
            }

            if (CheckedText(cell, out values[i]) is { } wrong)
            {
                (error, where) = (wrong, shape.Attributes[i]);
            }
        }

        ChatResult result = create(number, UserIdBinder.TextOrEmpty(id), row, shape.Attributes, values);
        Judge(result, error, where);
        return result;
    }

    private ChatResult? ReadNested(RowReader reader, PSObject row, long number, string userId)
    {
        if (!reader.TryGet(_shape!.Columns[0], out object? cell))
        {
            return null;
        }

        try
        {
            AttributeArgument given = AttributeArgument.From(PSObject.AsPSObject(cell ?? string.Empty), names);
            ChatResult result = create(number, userId, row, given.Names, given.Values);
            Judge(result, null, null);
            return result;
        }
        catch (BadInputException fault)
        {
            ChatResult result = create(number, userId, row, [], []);
            result.Settle(ChatResultStatus.Failed, 0, fault.Message, ClientErrors.NotText with { ErrorId = fault.ErrorId });
            return result;
        }
    }

    /// <summary>The text of a cell, null when it is empty; and what is wrong with it.</summary>
    internal static ServiceError? CheckedText(object? cell, out string? text)
    {
        if (!ValueText.TryGet(cell, out text))
        {
            return ClientErrors.NotText;
        }

        if (string.IsNullOrEmpty(text))
        {
            text = null;
            return null;
        }

        return RowRules.CheckValue(text);
    }

    private void Judge(ChatResult result, ServiceError? error, string? where)
    {
        if (RowRules.Judged(result).IsSettled)
        {
            return;
        }

        if (error is not null)
        {
            result.Settle(ChatResultStatus.Failed, 0, error.Describe($"attribute '{where}'"), error);
        }
        else if (isEmptyRowNothing && Array.TrueForAll(result.Values, value => value is null))
        {
            result.Settle(ChatResultStatus.Skipped, 0, RowRules.NothingToSet);
        }
    }
}
