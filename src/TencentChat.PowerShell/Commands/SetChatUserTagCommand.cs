using System.Management.Automation;
using TencentChat.Operations.Tags;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Cmdlets;
using TencentChat.PowerShell.Completion;

namespace TencentChat.PowerShell.Commands;

/// <summary>
/// Gives users exactly the tags of a table, and no others. All rows are read first: what a user should not have can only be
/// told when every row of the user is known.
/// </summary>
[Cmdlet(VerbsCommon.Set, "ChatUserTag", SupportsShouldProcess = true, DefaultParameterSetName = UserSet)]
[OutputType(typeof(SetTagsResult))]
public sealed class SetChatUserTagCommand : BatchCommand
{
    private readonly TagTable _table = new();
    private RunPump<UserTagsResult>? _reader;
    private TagSync? _sync;
    private GetTags? _reading;

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
        var rowMaker = new AddTags(Chat.AttributeService);
        _reading = new GetTags(Chat.AttributeService);
        _reader = StartPump(_reading, batch => _sync!.OnRead(batch.Rows));
        RunPump<SetTagsResult> writer = StartWriting(new SetTags(Chat.AttributeService), WriteObject);
        _sync = new TagSync(_table, _reader.Control, writer.Control, writer.Add, Ask, NotSent);
        TagRowBinder? rows = null;
        return (input, number) => _table.Add((rows ??= new TagRowBinder(rowMaker, UserIdProperty, Tag, Delimiter, Chat.TagsSeen)).Bind(input, number));
    }

    /// <inheritdoc/>
    private protected override void OnInputEnd()
    {
        // First the rows that need no reading.
        _sync!.OnRead([]);
        AddAll(_reader!, _table.UserIds.Select((userId, index) => _reading!.NewRow(index + 1, userId, null)));
    }

    private bool Ask(SetTagsResult row) => MaySend(row, static row => $"Set tags: {row.Changes}");
}
