using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Attributes;

namespace TencentChat.PowerShell.Output;

/// <summary>
/// A user and its attributes. Its visible columns are <c>UserId</c>, the app's attribute names, and <c>ReadStatus</c>, always
/// the same ones, so that it exports as a table that can be edited and imported again; everything else is there when asked
/// for by name.
/// </summary>
public sealed class ChatUserAttributes : ChatUserReading
{
    private ChatUserAttributes(UserAttributesResult result)
        : base(result)
    {
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
    public string UserId => Result.UserId;

    /// <summary>
    /// Whether the user was read: <c>Succeeded</c>, or <c>Failed</c>, <c>Unknown</c> or <c>Skipped</c>. A row that says one of
    /// those is refused by the cmdlets that set attributes.
    /// </summary>
    public string ReadStatus => Result.Status.ToString();

    /// <summary>The attributes that the user has, as they were read, by name; case matters. Null when the user was not read.</summary>
    [Hidden]
    public IReadOnlyDictionary<string, string>? Attributes { get; }

    /// <summary>What became of the row.</summary>
    [Hidden]
    public ChatResultStatus Status => Result.Status;

    /// <summary>What happened and what to do about it; null when there is nothing to say.</summary>
    [Hidden]
    public string? Message => Result.Message;

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
