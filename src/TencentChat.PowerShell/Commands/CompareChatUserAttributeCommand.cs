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
    /// <inheritdoc/>
    private protected override Action<PSObject, long> Start()
    {
        var operation = new ReadDesired(Chat.AttributeService);
        return Start(operation, BindAttributes(operation), write: WriteDifferences);
    }

    private void WriteDifferences(DesiredRow row)
    {
        if (row.Status != ChatResultStatus.Succeeded)
        {
            return;
        }

        foreach (AttributeDifference difference in ComparerOf(row).Compare(row))
        {
            WriteObject(difference);
        }
    }
}
