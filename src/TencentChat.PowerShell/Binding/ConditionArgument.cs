using System.Collections;
using TencentChat.Protocol;

namespace TencentChat.PowerShell.Binding;

/// <summary>The condition that parameters describe.</summary>
internal static class ConditionArgument
{
    /// <returns>Null when no parameter gives a part of it.</returns>
    /// <exception cref="BadInputException">An attribute has no text for a value.</exception>
    public static PushCondition? From(string[]? anyTag, string[]? allTag, string[]? noneOfTag, IDictionary? anyAttribute, IDictionary? allAttribute) =>
        anyTag is null && allTag is null && noneOfTag is null && anyAttribute is null && allAttribute is null ? null : new PushCondition
        {
            AnyTag = Distinct(anyTag),
            AllTags = Distinct(allTag),
            NoneOfTags = Distinct(noneOfTag),
            AnyAttribute = Attributes(anyAttribute),
            AllAttributes = Attributes(allAttribute),
        };

    private static string[] Distinct(string[]? tags) => [.. (tags ?? []).Distinct(StringComparer.Ordinal)];

    private static Dictionary<string, string> Attributes(IDictionary? given)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in given ?? new Hashtable())
        {
            attributes[entry.Key.ToString()!] = ValueText.TryGet(entry.Value, out string? text) && !string.IsNullOrEmpty(text) ? text
                : throw new BadInputException(InputErrors.InvalidCondition, $"The attribute '{entry.Key}' has no single value.");
        }

        return attributes;
    }
}
