using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Sync;
using TencentChat.PowerShell.Cmdlets;

namespace TencentChat.PowerShell.Commands;

/// <summary>Shows what differs between a table and the app, and changes nothing.</summary>
[Cmdlet(VerbsData.Compare, "ChatUserAttribute", DefaultParameterSetName = UserSet)]
[OutputType(typeof(AttributeDifference))]
public sealed class CompareChatUserAttributeCommand : DesiredStateCommand
{
    private readonly DesiredTable _table = new(isPlan: false);
    private RunPump<DesiredUser>? _reader;

    /// <inheritdoc/>
    private protected override Action<PSObject, long> Start()
    {
        _reader = StartWriting(new ReadDesired(Chat.AttributeService), Write);
        Func<PSObject, long, SyncResult> bind = BindTable(NewRows());
        return (input, number) => _table.Add(bind(input, number));
    }

    /// <inheritdoc/>
    private protected override void OnInputEnd() => AddAll(_reader!, _table.Complete());

    private void Write(DesiredUser user)
    {
        if (user.Status == ChatResultStatus.Succeeded)
        {
            user.Compare();
            WriteObject(user.Differences, enumerateCollection: true);
        }
    }
}
