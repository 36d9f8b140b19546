using System.Management.Automation;
using System.Management.Automation.Host;
using System.Reflection;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Cmdlets;

/// <summary>
/// Asks the engine before something is sent (P8). Where nobody is to be asked or told, the engine is left alone: all it would
/// do is write a verbose line for each row, and of a hundred thousand of them nobody finds the ones that matter.
/// </summary>
/// <param name="cmdlet">Who asks; on its pipeline's thread.</param>
/// <param name="isForced">Whether the user said that no question is wanted.</param>
/// <param name="impact">How grave it is, where that is not always what the cmdlet declares.</param>
internal sealed class Consent(PSCmdlet cmdlet, bool isForced, ConfirmImpact? impact = null)
{
    private bool? _isNeeded;
    private bool? _isWhatIf;

    /// <summary>Whether the engine would show, ask, or decline. Looked up once, at the first row, as the engine does it.</summary>
    public bool IsNeeded => _isNeeded ??= FindIsNeeded();

    /// <summary>Whether nothing may be sent. A caller's -WhatIf arrives as the preference only, never among the bound parameters.</summary>
    public bool IsWhatIf => _isWhatIf ??= LanguagePrimitives.IsTrue(
        cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? whatIf) ? whatIf : cmdlet.GetVariableValue("WhatIfPreference", false));

    /// <summary>Asks, or shows what would be done.</summary>
    /// <param name="action">What is to be done.</param>
    /// <param name="target">To whom, and in which app.</param>
    public bool Ask(string action, string target) => Ask($"Performing the operation \"{action}\" on target \"{target}\".", null, null);

    /// <summary>Asks, or shows what would be done.</summary>
    /// <param name="description">What is shown with -WhatIf.</param>
    /// <param name="question">What is asked; null for the engine's own question.</param>
    /// <param name="caption">What stands above the question; null for the engine's own.</param>
    public bool Ask(string description, string? question, string? caption)
    {
        try
        {
            return cmdlet.ShouldProcess(description, question, caption);
        }
        catch (Exception fault) when (IsWithoutAnswer(fault))
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.NobodyToAsk(cmdlet.MyInvocation.MyCommand, IsBound("Confirm")));
            throw;
        }
    }

    // How hosts say that they have no prompt; the last is what the console's says at the end of its input, as in a timer's
    // job. Prompting is what Ctrl+C at the question comes to.
    private static bool IsWithoutAnswer(Exception fault) =>
        fault is InvalidOperationException or NotImplementedException or NotSupportedException or NullReferenceException
        || (fault is HostException && fault is not PromptingException);

    private bool FindIsNeeded()
    {
        if (IsWhatIf)
        {
            return true;
        }

        if (cmdlet.MyInvocation.BoundParameters.ContainsKey("Confirm"))
        {
            return IsBound("Confirm");
        }

        if (isForced)
        {
            return false;
        }

        // Up to PowerShell 7.5 -Debug asks. What cannot be read, the engine is to judge.
        return IsBound("Debug")
            || !LanguagePrimitives.TryConvertTo(cmdlet.GetVariableValue("ConfirmPreference", ConfirmImpact.High), out ConfirmImpact threshold)
            || (threshold != ConfirmImpact.None && threshold <= (impact ?? cmdlet.GetType().GetCustomAttribute<CmdletAttribute>()!.ConfirmImpact));
    }

    private bool IsBound(string parameter) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue(parameter, out object? value) && LanguagePrimitives.IsTrue(value);
}
