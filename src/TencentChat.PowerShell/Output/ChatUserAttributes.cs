using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Attributes;

namespace TencentChat.PowerShell.Output;

/// <summary>
/// An account and its attributes. Its visible columns are <c>UserId</c> and the app's attribute names, always the same
/// ones, so that it exports as a table that can be edited and imported again; everything else is there when asked for by name.
/// </summary>
public sealed class ChatUserAttributes
{
    private readonly UserAttributesResult _result;

    private ChatUserAttributes(UserAttributesResult result)
    {
        _result = result;
        Attributes = result.Attributes.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
    }

    /// <summary>The account.</summary>
    public string UserId => _result.UserId;

    /// <summary>The attributes that the account has, by name; case matters.</summary>
    [Hidden]
    public IReadOnlyDictionary<string, string> Attributes { get; }

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

    /// <inheritdoc/>
    public override string ToString() => UserId;

    /// <summary>Adds the columns.</summary>
    /// <param name="result">What became of the row.</param>
    /// <param name="columns">The attributes to show, in order.</param>
    internal static PSObject Create(UserAttributesResult result, IReadOnlyList<string> columns)
    {
        var account = new ChatUserAttributes(result);
        var output = new PSObject(account);

        // Instance members come before those of the type, so the id is made one to stay the first column.
        output.Properties.Add(new PSNoteProperty(nameof(UserId), account.UserId));
        foreach (string column in columns)
        {
            output.Properties.Add(new PSNoteProperty(column, account.Attributes.GetValueOrDefault(column)));
        }

        return output;
    }
}
