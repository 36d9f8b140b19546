using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Attributes;

namespace TencentChat.PowerShell.Output;

/// <summary>
/// A user and its attributes. Its visible columns are <c>UserId</c>, the app's attribute names, and <c>ReadStatus</c>, always
/// the same ones, so that it exports as a table that can be edited and imported again; everything else is there when asked
/// for by name.
/// </summary>
public sealed class ChatUserAttributes
{
    private readonly UserAttributesResult _result;

    private ChatUserAttributes(UserAttributesResult result)
    {
        _result = result;
        if (IsRead)
        {
            // The last one counts if the service names an attribute twice.
            var attributes = new Dictionary<string, string>(result.Attributes.Count, StringComparer.Ordinal);
            foreach ((string name, string value) in result.Attributes)
            {
                attributes[name] = value;
            }

            Attributes = attributes;
        }
    }

    /// <summary>The user.</summary>
    public string UserId => _result.UserId;

    /// <summary>
    /// Whether the user was read: <c>Succeeded</c>, or <c>Failed</c>, <c>Unknown</c> or <c>Skipped</c>. A row that says one of
    /// those is refused by the cmdlets that set attributes.
    /// </summary>
    public string ReadStatus => _result.Status.ToString();

    /// <summary>The attributes that the user has, as they were read, by name; case matters. Null when the user was not read.</summary>
    [Hidden]
    public IReadOnlyDictionary<string, string>? Attributes { get; }

    /// <summary>What became of the row.</summary>
    [Hidden]
    public ChatResultStatus Status => _result.Status;

    /// <summary>The stable word for the failure; null when there was none.</summary>
    [Hidden]
    public string? ErrorId => _result.ErrorId;

    /// <summary>The service's code for the failure; 0 when there was none or it did not come from the service.</summary>
    [Hidden]
    public int ErrorCode => _result.ErrorCode;

    /// <summary>What happened and what to do about it; null when there is nothing to say.</summary>
    [Hidden]
    public string? Message => _result.Message;

    /// <summary>How many calls carried the row.</summary>
    [Hidden]
    public int Attempts => _result.Attempts;

    /// <summary>The number of the batch the row went with.</summary>
    [Hidden]
    public int Batch => _result.Batch;

    /// <summary>The row's number in the input.</summary>
    [Hidden]
    public long Row => _result.Row;

    /// <summary>The row as it came.</summary>
    [Hidden]
    public object? InputObject => _result.InputObject;

    /// <summary>Whether the attributes are those that the app holds.</summary>
    internal bool IsRead => _result.Status == ChatResultStatus.Succeeded;

    /// <inheritdoc/>
    public override string ToString() => UserId;

    /// <summary>Adds the columns.</summary>
    /// <param name="result">What became of the row.</param>
    /// <param name="columns">The attributes to show.</param>
    internal static PSObject Create(UserAttributesResult result, AttributeColumns columns)
    {
        var user = new ChatUserAttributes(result);
        var output = new PSObject(user);
        string? notRead = user.IsRead ? null : NotReadCell.For(result);

        // Instance members come before those of the type, so the id is made one to stay the first column.
        output.Properties.Add(new PSNoteProperty(nameof(UserId), user.UserId));
        foreach (string column in columns.Shown)
        {
            output.Properties.Add(new PSNoteProperty(column, notRead ?? user.Attributes!.GetValueOrDefault(column)));
        }

        return output;
    }
}
