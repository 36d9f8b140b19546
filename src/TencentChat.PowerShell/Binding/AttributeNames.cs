using TencentChat.Operations.Attributes;

namespace TencentChat.PowerShell.Binding;

/// <summary>Checks names against the app's own, before anything is sent (P10).</summary>
internal static class AttributeNames
{
    /// <exception cref="BadInputException">The app does not have one of the names.</exception>
    public static void RefuseUnknown(IEnumerable<string> wanted, AttributeNameTable names)
    {
        string[] unknown = wanted.Where(name => !names.Contains(name)).ToArray();
        if (unknown.Length > 0)
        {
            throw new BadInputException(
                "InvalidAttribute",
                $"The app has no attribute {string.Join(", ", unknown.Select(name => Describe(name, names)))}. " +
                $"It has: {(names.Names.Count == 0 ? "none yet" : string.Join(", ", names.Names))}. " +
                "Correct the name, or give it to a free slot with Set-ChatAttributeName; -Property picks columns of a file, -UserIdProperty names its id column.");
        }
    }

    private static string Describe(string name, AttributeNameTable names) =>
        names.Names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } similar
            ? $"'{name}' (it has '{similar}'; case matters)"
            : $"'{name}'";
}
