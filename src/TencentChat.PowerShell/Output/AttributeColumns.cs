namespace TencentChat.PowerShell.Output;

/// <summary>Which attributes become columns.</summary>
internal sealed class AttributeColumns
{
    private readonly List<string> _shown = [];
    private readonly List<string> _others = [];

    /// <param name="names">The attributes to show, in order.</param>
    public AttributeColumns(IEnumerable<string> names)
    {
        // Properties of one object cannot differ by case alone.
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { nameof(ChatUserAttributes.UserId) };
        foreach (string name in names.Distinct(StringComparer.Ordinal))
        {
            (taken.Add(name) ? _shown : _others).Add(name);
        }
    }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<string> Shown => _shown;

    /// <summary>Attributes that cannot be a column beside another of their name.</summary>
    public IReadOnlyList<string> Others => _others;
}
