using System.Collections;
using System.Management.Automation;
using TencentChat.Operations.Tags;

namespace TencentChat.PowerShell.Binding;

/// <summary>Turns an input row into a user with tags: those of the row's column Tag, and those that every row gets.</summary>
/// <param name="operation">Makes rows that are wrong.</param>
/// <param name="idProperty">The id column, when the user named it.</param>
/// <param name="given">The tags for every row; null when there are none.</param>
/// <param name="delimiter">What separates tags in one cell.</param>
/// <param name="seen">Takes the tags of good rows, for completion.</param>
internal sealed class TagRowBinder(TagRows operation, string? idProperty, string[]? given, string delimiter, TagsSeen seen)
{
    private static readonly string[] s_columns = ["Tag", "Tags"];

    private readonly UserIdBinder _ids = new(idProperty);
    private bool _isUnderstood;

    /// <exception cref="BadInputException">The first row cannot be understood.</exception>
    public TagRow Bind(PSObject input, long number)
    {
        (PSObject row, string? resultUserId) = RowInput.Of(input, keepsTags: true);
        try
        {
            if (SavedResult.IsOne(row) && !SavedResult.HoldsTags(row))
            {
                (row, resultUserId) = SavedResult.RowOf(row);
            }

            List<string> tags = [.. given ?? []];
            if (!RowInput.IsPlainText(row))
            {
                if (TryAddFrom(row, tags))
                {
                    RefuseChanged(row, resultUserId);
                }
            }
            else if (given is null)
            {
                throw new BadInputException(InputErrors.TagMissing);
            }

            _isUnderstood = true;
            string userId = string.IsNullOrEmpty(resultUserId) ? _ids.Find(row) : resultUserId;
            TagRow bound = TagRows.NewRow(number, userId, row, tags);
            if (!bound.IsSettled)
            {
                seen.Add(bound.Tags);
            }

            return bound;
        }
        catch (BadInputException fault) when (fault is BadRowException || _isUnderstood)
        {
            string userId = string.IsNullOrEmpty(resultUserId) ? UserIdBinder.FindOrEmpty(row, idProperty) : resultUserId;
            return operation.NewFailedRow(number, userId, row, fault.Error, fault.Message);
        }
    }

    // The tags of a row that names another user by now are that user's.
    private void RefuseChanged(PSObject row, string? resultUserId)
    {
        if (!string.IsNullOrEmpty(resultUserId) && UserIdBinder.FindOrEmpty(row, idProperty) is { Length: > 0 } named && named != resultUserId)
        {
            throw new BadRowException(InputErrors.RowChanged);
        }
    }

    /// <returns>False when the row has no tags of its own.</returns>
    private bool TryAddFrom(PSObject row, List<string> tags)
    {
        RowInput.RefuseContainer(row);
        var reader = new RowReader(row);
        List<string> columns = reader.Names();
        string[] found = [.. s_columns.Select(name => ColumnName.Find(columns, name)).OfType<string>()];
        if (found.Length > 1)
        {
            // To take one and drop the other would take tags away from users, where the row is to be their whole list.
            throw new BadInputException(InputErrors.AmbiguousTagColumn, $"The row has tags in two columns, {ColumnName.List(found)}.");
        }

        if (found is not [{ } column])
        {
            if (given is null)
            {
                throw new BadInputException(InputErrors.TagMissing);
            }

            return false;
        }

        reader.TryGet(column, out object? cell);
        object? value = cell is PSObject wrapped ? wrapped.BaseObject : cell;
        if (value is IEnumerable list and not (string or IDictionary))
        {
            foreach (object? element in list)
            {
                tags.Add(TextOf(element, column) ?? string.Empty);
            }
        }
        else if (TextOf(cell, column) is { } text)
        {
            tags.AddRange(text.Split(delimiter, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }

        return true;
    }

    private static string? TextOf(object? cell, string column) =>
        CellText.Check(cell, out string? text) is { } error ? throw new BadRowException(error, error.Describe(column)) : text;
}
