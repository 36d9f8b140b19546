using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Cmdlets;

/// <summary>A bulk cmdlet whose input is rows on the pipeline, or accounts on the command line.</summary>
public abstract class RowCommand : BulkCommand
{
    /// <summary>What a row's result says when the user did not want it to be sent.</summary>
    private protected string NotSent => IsWhatIf ? "Not sent: -WhatIf." : "Not sent: declined.";

    /// <summary>Whether nothing may be sent. A caller's -WhatIf arrives as the preference only, never among the bound parameters.</summary>
    private protected bool IsWhatIf => LanguagePrimitives.IsTrue(
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? whatIf) ? whatIf : GetVariableValue("WhatIfPreference", false));

    /// <summary>The parameter set for rows.</summary>
    protected const string RowSet = "Row";

    // The default one of every cmdlet: without accounts it is out before the first row, and the row set is tried alone. As
    // the default, the row set would be tried twice for each row.

    /// <summary>The parameter set for accounts that are named on the command line.</summary>
    protected const string UserSet = "User";

    /// <summary>A row with an id column, an account's name, or a result of another cmdlet of this module.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = RowSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>The accounts.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = UserSet)]
    [Alias("To_Account", "Account", "Identifier", "User")]
    [ValidateNotNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[] UserId { get; set; } = [];

    /// <summary>The input's column that names the account, when it is not called UserId, To_Account, Account, Identifier or User.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [ValidateNotNullOrEmpty]
    public string? UserIdProperty { get; set; }

    /// <inheritdoc/>
    private protected sealed override void Take()
    {
        try
        {
            // Mandatory in its set, so null in the other; to ask for the set's name costs more, and this is asked for each row.
            if (InputObject is null)
            {
                foreach (string userId in UserId)
                {
                    Take(PSObject.AsPSObject(userId));
                }
            }
            else
            {
                Take(InputObject);
            }
        }
        catch (BadInputException fault)
        {
            ThrowTerminatingError(ErrorRecords.BadInput(fault.ErrorId, fault.Message, InputObject));
        }
    }

    /// <summary>Makes the row's item; it comes settled when the row is not to be sent.</summary>
    /// <exception cref="BadInputException">The input as a whole cannot be understood.</exception>
    private protected abstract ChatResult Bind(PSObject input, long number);

    /// <summary>Asks whether the row may be sent; true for what changes nothing.</summary>
    private protected virtual bool MayProceed(ChatResult row) => true;

    private void Take(PSObject input)
    {
        ChatResult row = Bind(input, NextRow());
        if (!row.IsSettled && !MayProceed(row))
        {
            row.Settle(ChatResultStatus.Skipped, 0, NotSent);
        }

        Add(row);
    }
}
