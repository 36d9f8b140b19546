using TencentChat.Operations.Attributes;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Binding;

/// <summary>Decides which attributes become columns.</summary>
internal static class AttributeColumns
{
    /// <param name="wanted">What the user asked for; null for all.</param>
    /// <param name="names">The app's names.</param>
    /// <param name="warn">Told of attributes that cannot be columns.</param>
    /// <exception cref="BadInputException">The app does not have a name that was asked for.</exception>
    public static IReadOnlyList<string> Choose(string[]? wanted, AttributeNameTable names, Action<string> warn)
    {
        AttributeNames.RefuseUnknown(wanted ?? [], names);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { nameof(ChatUserAttributes.UserId) };
        var columns = new List<string>();
        foreach (string name in (wanted ?? names.Names).Distinct(StringComparer.Ordinal))
        {
            // Properties of one object cannot differ by case alone.
            if (taken.Add(name))
            {
                columns.Add(name);
            }
            else
            {
                warn($"The attribute '{name}' cannot be a column beside another of that name; it is in the property Attributes.");
            }
        }

        return columns;
    }
}
