using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Attributes;
using TencentChat.PowerShell.Binding;

namespace TencentChat.PowerShell.Connections;

/// <summary>
/// The users that an emulated app begins with, from the rows that the real one is to be given: bound as the cmdlets bind
/// them, so that what is rehearsed is the table as it will be run. A row that could be no user is left out and told.
/// </summary>
/// <param name="attributeNames">The app's attributes; null for the columns of the first row.</param>
/// <param name="idProperty">The id column, when the user named it.</param>
/// <param name="warn">Told of columns that are not used.</param>
internal sealed class SeedRows(string[]? attributeNames, string? idProperty, Action<string> warn) : IAttributeRows<AttributeRow>
{
    private const int MostAttributes = SlotPlan.SlotCount;

    private readonly Dictionary<string, AttributeRow> _byUser = new(StringComparer.Ordinal);
    private readonly UserIdBinder _ids = new(idProperty);
    private AttributeRowBinder<AttributeRow>? _rows;
    private bool _isUnderstood;
    private long _number;

    /// <summary>The app's attributes.</summary>
    public string[] Names { get; private set; } = attributeNames ?? [];

    /// <summary>The users with their values; of several rows for one, the later ones win.</summary>
    public IReadOnlyCollection<AttributeRow> Users => _byUser.Values;

    /// <summary>How many rows came.</summary>
    public long Count => _number;

    /// <summary>How many of them could be no user.</summary>
    public long LeftOut { get; private set; }

    /// <summary>What is wrong with the first one that was left out.</summary>
    public string? FirstFault { get; private set; }

    /// <exception cref="BadInputException">The first row's columns cannot be understood.</exception>
    /// <exception cref="ChatConfigurationException">The rows have more columns than an app has attributes.</exception>
    public void Add(PSObject input)
    {
        long number = ++_number;
        if (!_isUnderstood)
        {
            Understand(RowInput.Unwrap(input));
            _isUnderstood = true;
        }

        AttributeRow row = _rows is not null ? _rows.Bind(input, number) : BindUser(input, number);
        if (row.Error is not null)
        {
            LeaveOut(row, row.Message!);
        }
        else
        {
            _byUser[row.UserId] = _byUser.TryGetValue(row.UserId, out AttributeRow? earlier) ? earlier.MergeWith(row) : row;
        }
    }

    /// <summary>Leaves out the users that no app could have.</summary>
    /// <param name="find">What is wrong with a user's id; null for nothing.</param>
    public void LeaveOut(Func<string, string?> find)
    {
        foreach (AttributeRow row in _byUser.Values.ToArray())
        {
            if (find(row.UserId) is { } fault)
            {
                _byUser.Remove(row.UserId);
                LeaveOut(row, fault);
            }
        }
    }

    bool IAttributeRows<AttributeRow>.IsAboutAllColumns => false;

    AttributeRow IAttributeRows<AttributeRow>.NewRow(long number, string userId, object? source, string[] names, string?[] values, IReadOnlyList<string> columns)
    {
        RowRules.LeaveEmptyAlone(values);
        var row = new AttributeRow(number, userId, source, names, values);
        if (RowRules.CheckUserId(userId) is { } wrongUser)
        {
            row.Fail(wrongUser);
        }
        else if (RowRules.CheckValues(names, values, out string? where) is { } wrongValue)
        {
            row.Fail(wrongValue, where);
        }

        return row;
    }

    AttributeRow IAttributeRows<AttributeRow>.NewFailedRow(long number, string userId, object? source, ChatError error, string message)
    {
        var row = new AttributeRow(number, userId, source, [], []);
        row.Settle(ChatResultStatus.Failed, 0, message, error);
        return row;
    }

    private AttributeRow BindUser(PSObject input, long number)
    {
        IAttributeRows<AttributeRow> rows = this;
        try
        {
            return rows.NewRow(number, _ids.Find(input), input, [], [], []);
        }
        catch (BadRowException fault)
        {
            return rows.NewFailedRow(number, string.Empty, input, fault.Error, fault.Message);
        }
    }

    // Rows that have none of the attributes, or are ids alone, make users without values.
    private void Understand(PSObject row)
    {
        if (RowInput.IsPlainText(row))
        {
            return;
        }

        RowInput.RefuseContainer(row);
        List<string> all = new RowReader(row).Names();
        string id = IdColumn.Find(row, all, idProperty);
        AttributeNameTable table = TableOf(Names);
        var cells = new AttributeCells(table, null, isBesideGiven: false);
        string? readStatus = cells.FindReadStatus(all);
        string[] columns = AttributeCells.WithoutDecorations(all.Where(column => column != id && column != readStatus), table);
        if (attributeNames is null)
        {
            Names = columns.Length <= MostAttributes ? columns : throw new ChatConfigurationException(
                $"The rows have {columns.Length} columns beside '{id}', and an app has at most {MostAttributes} attributes. Name those that are attributes with -AttributeName.");
        }

        string[] used = Names.Where(name => ColumnName.Find(all, name) is not null).ToArray();
        bool isNested = cells.IsNested(columns) && attributeNames is not null;
        if (used.Length > 0 || isNested)
        {
            _rows = new AttributeRowBinder<AttributeRow>(TableOf(Names), idProperty, isNested ? null : used, null, this, isMissingTold: false, warn);
        }
    }

    private void LeaveOut(AttributeRow row, string fault)
    {
        LeftOut++;
        FirstFault ??= row.UserId.Length == 0 ? $"Row {row.Row}: {fault}" : $"Row {row.Row}, user '{row.UserId}': {fault}";
    }

    private static AttributeNameTable TableOf(string[] names) =>
        new(names.Select((name, slot) => (name, slot)).ToDictionary(pair => pair.slot, pair => pair.name), null, readAt: 0);
}
