using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using TencentChat.Operations.Attributes;

namespace TencentChat.PowerShell.Completion;

/// <summary>Completes the number of a slot, and tells whose name it has.</summary>
public sealed class SlotCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(wordToComplete);
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var names = KnownSlots.Of(fakeBoundParameters).ToDictionary(slot => slot.Slot, slot => slot.Name);
        return Enumerable.Range(0, SlotPlan.SlotCount)
            .Select(slot => (Number: slot.ToString(CultureInfo.InvariantCulture), Name: names.GetValueOrDefault(slot)))
            .Where(slot => slot.Number.StartsWith(wordToComplete, StringComparison.Ordinal))
            .Select(slot => new CompletionResult(
                slot.Number, slot.Name is null ? slot.Number : $"{slot.Number} ({slot.Name})", CompletionResultType.ParameterValue, slot.Name is null ? "free, as far as is known" : $"the slot of {slot.Name}"))
            .ToArray();
    }
}
