using System.Management.Automation;
using System.Text;
using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.PowerShell.Cmdlets;
using TencentChat.PowerShell.Completion;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Commands;

/// <summary>Names the app's attribute slots (pages 37167 and 60563).</summary>
[Cmdlet(VerbsCommon.Set, "ChatAttributeName", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(AttributeSlot))]
public sealed class SetChatAttributeNameCommand : ChatCommand
{
    private readonly List<(string Name, int? Type)> _wanted = [];

    /// <summary>The attribute names, each 1 to 50 bytes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    // Never from the pipeline: the slots of another app, piped in, would rename this one's for all of its users.

    /// <summary>The slot, 0 to 9, of the one name that is given. Default: the first free slot for a name that the app does not have.</summary>
    [Parameter]
    [ValidateRange(0, 9)]
    [ArgumentCompleter(typeof(SlotCompleter))]
    public int? Slot { get; set; }

    /// <summary>For the Push service: what kind of ids has the attribute; fixed once it is set.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public AttributeAccountType? AccountType { get; set; }

    /// <summary>Renames without asking. -WhatIf still shows and sends nothing, and -Confirm still asks.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
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

            _wanted.Add((name, (int?)AccountType));
        }

        if (Slot is not null && _wanted.Count > 1)
        {
            Refuse("InvalidSlot", "-Slot names one slot, so give one name with it.");
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        SlotPlan plan = MakePlan(Await(token => Chat.GetAttributeNamesAsync(TimeSpan.Zero, token)));
        if (plan.Changes.Count > 0 && MayName(plan.Changes))
        {
            Await(token => Chat.SetAttributeNamesAsync(plan.Names, Chat.IsTimPush ? plan.Types : null, token));
            foreach (SlotChange change in plan.Changes)
            {
                WriteObject(change.Slot);
            }
        }
    }

    private SlotPlan MakePlan(AttributeNameTable now)
    {
        var plan = new SlotPlan(now);
        foreach ((string name, int? type) in _wanted)
        {
            switch (plan.TryPut(Slot, name, type, out AttributeSlot? holder))
            {
                case SlotConflict.GivenTwice:
                    Refuse("AttributeNameTaken", $"'{name}' is given twice, and attribute names must be unique.");
                    break;
                case SlotConflict.NameTaken:
                    Refuse("AttributeNameTaken", $"'{name}' is the name of slot {holder!.Slot}, and attribute names must be unique.");
                    break;
                case SlotConflict.NoFreeSlot:
                    Refuse(
                        "NoFreeSlot",
                        $"There is no free slot for '{name}': all {SlotPlan.SlotCount} have a name, and the service has no call that frees one. " +
                        "Rename one with -Slot; what users hold under it may be lost.");
                    break;
                case SlotConflict.OtherType:
                    Refuse("WrongAccountType", $"Slot {holder!.Slot} ('{holder.Name}') has account type {holder.AccountType}, and a type cannot be changed once it is set.");
                    break;
                case SlotConflict.None:
                    break;
            }
        }

        return plan;
    }

    // To rename a slot changes what the values of all users mean, so it is asked about; to name a free one harms nobody, and
    // is asked about only where the user wants to be asked about changes of medium impact.
    private bool MayName(List<SlotChange> changes)
    {
        string target = InApp(string.Join(", ", changes.Select(Describe)));
        bool isRename = changes.Exists(change => change.OldName is not null);
        string action = isRename ? "Rename attribute slot" : "Name attribute slots";
        string description = $"Performing the operation \"{action}\" on target \"{target}\".";
        var consent = new Consent(this, isRename && Force, isRename ? ConfirmImpact.High : ConfirmImpact.Medium);
        if (consent.IsNeeded)
        {
            return isRename
                ? consent.Ask(description, $"{action} for all users: {target}? What they hold under the old name then counts under the new one, or is lost.", action)
                : consent.Ask(description, null, null);
        }

        WriteVerbose(description);
        return true;
    }

    private static string Describe(SlotChange change) =>
        change.OldName is null ? $"slot {change.Slot.Slot}: '{change.Slot.Name}'" : $"slot {change.Slot.Slot}: '{change.OldName}' -> '{change.Slot.Name}'";

    private void Refuse(string errorId, string message) => ThrowTerminatingError(ErrorRecords.BadInput(errorId, message, Name));
}
