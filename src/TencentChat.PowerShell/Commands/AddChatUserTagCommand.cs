using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Tags;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Cmdlets;
using TencentChat.PowerShell.Completion;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Commands;

/// <summary>Adds tags to users, a hundred users a call (pages 37173 and 60568).</summary>
[Cmdlet(VerbsCommon.Add, "ChatUserTag", SupportsShouldProcess = true, DefaultParameterSetName = UserSet)]
[OutputType(typeof(ChatResult))]
public sealed class AddChatUserTagCommand : BatchCommand
{
    /// <summary>The tags, each 1 to 50 bytes. With rows they come on top of the rows' own.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = UserSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? Tag { get; set; }

    /// <summary>What separates tags in one cell.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [ValidateNotNullOrEmpty]
    public string Delimiter { get; set; } = TagList.DefaultDelimiter;

    /// <inheritdoc/>
    private protected override Action<PSObject, long> Start()
    {
        var operation = new AddTags(Chat.AttributeService);
        TagRowBinder? rows = null;
        return Start(operation, Bind, ask: row => MaySend(row, static row => $"Add tag {Words.Of(row.Tags)}"));

        // The parameters are bound when the first row comes.
        TagRow Bind(PSObject input, long number) => (rows ??= new TagRowBinder(operation, UserIdProperty, Tag, Delimiter, Chat.TagsSeen)).Bind(input, number);
    }
}
