using System.Management.Automation;
using TencentChat.Bulk;
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
    private RunPump<SetTagsResult>? _writer;
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
        _reader = StartPump(_reading, TakeReadings);
        _writer = StartWriting(new SetTags(Chat.AttributeService), WriteObject);
        TagRowBinder? rows = null;
        return (input, number) => _table.Add((rows ??= new TagRowBinder(rowMaker, UserIdProperty, Tag, Delimiter, Chat.TagsSeen)).Bind(input, number));
    }

    /// <inheritdoc/>
    private protected override void OnInputEnd()
    {
        long number = 0;
        foreach (string userId in _table.UserIds)
        {
            _reader!.Add(_reading!.NewRow(++number, userId, null));
        }

        WriteReady();
    }

    private void TakeReadings(Batch<UserTagsResult> batch)
    {
        foreach (UserTagsResult read in batch.Rows)
        {
            _table.TakeReading(read);
        }

        WriteReady();
        if (_writer!.Control.Reason is { } reason)
        {
            // What cannot be written need not be read (P7).
            _reader!.Control.Stop(reason.Error, reason.Info);
        }
    }

    private void WriteReady()
    {
        foreach (SetTagsResult row in _table.TakeReady(Ask, NotSent))
        {
            _writer!.Add(row);
        }
    }

    private bool Ask(SetTagsResult row) => MaySend(row, static row => $"Set tags: {row.Changes}");
}
