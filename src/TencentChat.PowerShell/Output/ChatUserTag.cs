using TencentChat.Bulk;
using TencentChat.Operations.Tags;

namespace TencentChat.PowerShell.Output;

/// <summary>
/// A user and the user's tags: a row of a table that can be edited, and piped or imported into <c>Add-ChatUserTag</c>,
/// <c>Remove-ChatUserTag</c> and <c>Set-ChatUserTag</c>.
/// </summary>
public sealed class ChatUserTag : ChatUserReading
{
    internal ChatUserTag(UserTagsResult read, string delimiter)
        : base(read) =>
        Tag = new TagList(IsRead ? read.Tags : [NotReadCell.For(read)], delimiter);

    /// <summary>The user.</summary>
    public string UserId => Result.UserId;

    /// <summary>The user's tags; as text they are joined by the delimiter. For a user who could not be read it says so, and no
    /// cmdlet takes that for a tag.</summary>
    public TagList Tag { get; }

    /// <summary>Whether the user could be read.</summary>
    public ChatResultStatus Status => Result.Status;

    /// <summary>Why the user could not be read; null otherwise.</summary>
    public string? Message => Result.Message;
}
