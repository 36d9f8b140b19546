using System.Management.Automation;
using TencentChat.Operations.Tags;
using TencentChat.PowerShell.Cmdlets;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Commands;

/// <summary>Reads the tags of users, a hundred a call (pages 37172 and 60567).</summary>
[Cmdlet(VerbsCommon.Get, "ChatUserTag", DefaultParameterSetName = UserSet)]
[OutputType(typeof(ChatUserTag))]
public sealed class GetChatUserTagCommand : BatchCommand
{
    /// <summary>What separates tags where a list of them becomes one text, as in a CSV file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Delimiter { get; set; } = TagList.DefaultDelimiter;

    /// <inheritdoc/>
    private protected override Action<PSObject, long> Start()
    {
        var operation = new GetTags(Chat.AttributeService);
        return Start(operation, BindUserIds(operation), write: Write);
    }

    private void Write(UserTagsResult read)
    {
        Chat.TagsSeen.Add(read.Tags);
        if (read.Tags.FirstOrDefault(tag => tag.Contains(Delimiter, StringComparison.Ordinal)) is { } tag)
        {
            WriteWarning($"The tag '{tag}' of user '{read.UserId}' has the delimiter '{Delimiter}' in it: choose another one with -Delimiter before the tags are exported.");
        }

        WriteObject(new ChatUserTag(read, Delimiter));
    }
}
