using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Operations.Accounts;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Cmdlets;

namespace TencentChat.PowerShell.Commands;

/// <summary>Imports accounts, with nickname and photo where given, a hundred a call (page 34954).</summary>
[Cmdlet(VerbsData.Import, "ChatAccount", SupportsShouldProcess = true, DefaultParameterSetName = UserSet)]
[OutputType(typeof(ChatResult))]
public sealed class ImportChatAccountCommand : BatchCommand
{
    /// <summary>The nickname, at most 500 bytes.</summary>
    [Parameter(ParameterSetName = UserSet)]
    public string? Nick { get; set; }

    /// <summary>The address of the photo, at most 500 bytes.</summary>
    [Parameter(ParameterSetName = UserSet)]
    public string? FaceUrl { get; set; }

    /// <inheritdoc/>
    private protected override Action<PSObject, long> Start()
    {
        var operation = new ImportAccounts();
        ProfileRowBinder? rows = null;
        return Start(operation, Bind, ask: row => MaySend(row, static _ => "Import account"));

        // The parameters are bound when the first row comes.
        ImportRow Bind(PSObject input, long number) => (rows ??= new ProfileRowBinder(operation, UserIdProperty, Nick, FaceUrl, WriteWarning)).Bind(input, number);
    }
}
