using System.Collections;
using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Push;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Binding;

/// <summary>
/// Results that come back from a file, a job or another machine (Import-Clixml, ConvertFrom-Json, Receive-Job): they have
/// their members still, but are no longer of their type.
/// </summary>
internal static class SavedResult
{
    private static readonly string[] s_members =
    [
        nameof(ChatResult.InputObject),
        nameof(ChatResult.ErrorId),
        nameof(ChatResult.ErrorCode),
        nameof(ChatResult.Attempts),
        nameof(ChatResult.Batch),
        nameof(ChatResult.Status),
        nameof(ChatResult.Message),
        nameof(ChatResult.Row),
    ];

    /// <summary>Whether the object is a result. To be asked only of rows that differ from those before them: it takes a while.</summary>
    public static bool IsOne(PSObject row)
    {
        if (row.BaseObject is not (PSCustomObject or IDictionary))
        {
            return false;
        }

        var reader = new RowReader(row);
        return Array.TrueForAll(s_members, reader.Has);
    }

    /// <summary>The user that the result is about.</summary>
    public static string UserIdOf(PSObject saved) => UserIdText.TryGet(Member(saved, nameof(ChatResult.UserId)), out string userId) ? userId : string.Empty;

    /// <summary>Whether the result holds attributes that were read.</summary>
    public static bool HoldsAttributes(PSObject saved) => new RowReader(saved).Has(nameof(ChatUserAttributes.Attributes));

    /// <summary>Whether the input is a result of a push to a user, kept or not, that may have gone out.</summary>
    public static bool IsUnclearPush(PSObject input) =>
        input.BaseObject is ChatResult result ? result is UserPushResult { Status: ChatResultStatus.Unknown }
        : input.BaseObject is PSCustomObject or IDictionary && IsUnclearPush(new RowReader(input));

    /// <summary>Whether the result holds tags that were read.</summary>
    public static bool HoldsTags(PSObject saved) => new RowReader(saved).Has(nameof(ChatUserTag.Tag));

    /// <summary>The row that the result stands for.</summary>
    /// <exception cref="BadInputException">The row was not saved with it: a CSV file has no room for it.</exception>
    public static RowInput RowOf(PSObject saved)
    {
        if (HoldsAttributes(saved))
        {
            return new RowInput(ColumnsOf(saved), null);
        }

        var row = PSObject.AsPSObject(Member(saved, nameof(ChatResult.InputObject)) ?? string.Empty);
        string userId = UserIdOf(saved);
        return RowInput.IsPlainText(row) && (!UserIdText.TryGet(row, out string text) || text != userId)
            ? throw new BadInputException(InputErrors.RowNotSaved)
            : new RowInput(row, userId);
    }

    // The status is an enumeration no more, but a number or a text.
    private static bool IsUnclearPush(RowReader reader) =>
        reader.Has(nameof(UserPushResult.MsgRandom)) && reader.Has(nameof(UserPushResult.TaskId)) && reader.TryGet(nameof(ChatResult.Status), out object? status)
        && LanguagePrimitives.TryConvertTo(status, out ChatResultStatus known) && known == ChatResultStatus.Unknown;

    private static object? Member(PSObject saved, string name) => new RowReader(saved).TryGet(name, out object? value) ? value : null;

    // The columns, as they may have been edited; but an attribute called like a member of results is only sure to be found
    // among the attributes.
    private static PSObject ColumnsOf(PSObject saved)
    {
        var reader = new RowReader(saved);
        var attributes = new RowReader(PSObject.AsPSObject(Member(saved, nameof(ChatUserAttributes.Attributes)) ?? new Hashtable()));
        var row = new PSObject();
        foreach (string name in reader.Names())
        {
            bool isMember = s_members.Contains(name) || name == nameof(ChatUserAttributes.Attributes);
            if (isMember ? attributes.TryGet(name, out object? value) : reader.TryGet(name, out value))
            {
                row.Properties.Add(new PSNoteProperty(name, value));
            }
        }

        return row;
    }
}
