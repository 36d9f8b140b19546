using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.PowerShell.Cmdlets;
using TencentChat.PowerShell.Completion;

namespace TencentChat.PowerShell.Commands;

/// <summary>Sets attributes of users, a hundred a call (pages 37170 and 60565).</summary>
[Cmdlet(VerbsCommon.Set, "ChatUserAttribute", SupportsShouldProcess = true, DefaultParameterSetName = UserSet)]
[OutputType(typeof(ChatResult))]
public sealed class SetChatUserAttributeCommand : BatchCommand
{
    /// <summary>What to set for every user: a hashtable, an ordered dictionary, or an object.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = UserSet)]
    [ValidateNotNull]
    public PSObject? Attribute { get; set; }

    /// <summary>The input's columns to use; left alone, all but the id column.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AttributeNameCompleter))]
    public string[]? Property { get; set; }

    /// <inheritdoc/>
    private protected override Action<PSObject, long> Start()
    {
        var operation = new SetAttributes(Chat.AttributeService, Chat.Names);
        return Start(operation, BindAttributes(operation, Attribute, Property), ask: row => MaySend(row, Describe));
    }

    // An empty cell sets nothing, so the question must not name it.
    private static string Describe(AttributeRow row) =>
        $"Set {string.Join(", ", row.Names.Zip(row.Values).Where(pair => pair.Second is not null).Select(pair => $"{pair.First}='{pair.Second}'"))}";
}
