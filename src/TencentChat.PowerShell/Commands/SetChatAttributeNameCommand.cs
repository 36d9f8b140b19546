using System.Management.Automation;
using System.Text;
using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Cmdlets;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Commands;

/// <summary>Names the app's attribute slots (pages 37167 and 60563).</summary>
[Cmdlet(VerbsCommon.Set, "ChatAttributeName", SupportsShouldProcess = true)]
[OutputType(typeof(AttributeSlot))]
public sealed class SetChatAttributeNameCommand : ChatCommand
{
    private readonly List<(int? Slot, string Name, int? Type)> _wanted = [];

    /// <summary>The attribute names, each 1 to 50 bytes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The slot, 0 to 9, of the one name that is given; left alone, a name takes the first free slot, and one that the app has keeps its own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, 9)]
    public int? Slot { get; set; }

    /// <summary>For the Push service: 0 for user ids, 1 for registration ids; fixed once it is set.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, 1)]
    public int? AccountType { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Slot is not null && Name.Length > 1)
        {
            Refuse("InvalidSlot", "-Slot names one slot, so give one name with it.");
        }

        if (AccountType > 0 && !Chat.IsTimPush)
        {
            Refuse("WrongAccountType", "Only the Push service keeps account types: connect with -AttributeService TimPush, or leave -AccountType away.");
        }

        foreach (string name in Name)
        {
            if (string.IsNullOrWhiteSpace(name) || Encoding.UTF8.GetByteCount(name) > RowRules.MaxNameBytes)
            {
                Refuse("InvalidAttributeName", $"'{name}' cannot be an attribute's name: it takes 1 to {RowRules.MaxNameBytes} bytes of UTF-8.");
            }

            _wanted.Add((Slot, name, AccountType));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        AttributeNameTable now = Await(token => Chat.GetAttributeNamesAsync(TimeSpan.Zero, token));
        try
        {
            SlotPlan plan = SlotPlan.Make(now, _wanted);
            if (plan.Changes.Count > 0 && ShouldProcess(string.Join(", ", plan.Changes.Select(change => $"slot {change.Slot}: {change.Name}")), "Name attribute slots"))
            {
                Await(token => Chat.SetAttributeNamesAsync(plan.Names, Chat.IsTimPush ? plan.Types : null, token));
                foreach (AttributeSlot slot in plan.Changes)
                {
                    WriteObject(slot);
                }
            }
        }
        catch (BadInputException fault)
        {
            Refuse(fault.ErrorId, fault.Message);
        }
    }

    private void Refuse(string errorId, string message) => ThrowTerminatingError(ErrorRecords.BadInput(errorId, message, Name));
}
