namespace TencentChat.Emulator.Gate;

/// <summary>The query of a call, taken apart: names and values are case-sensitive, in any order (page 34620).</summary>
internal sealed class QueryParameters
{
    public const int MaxLength = 8192;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>That a name stands there more than once.</summary>
    public bool HasDuplicates { get; private set; }

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Takes the query apart; null when its form is broken.</summary>
    public static QueryParameters? TryParse(string query)
    {
        if (query.Length > MaxLength)
        {
            return null;
        }

        var parameters = new QueryParameters();
        foreach (string part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !IsWellEscaped(part))
            {
                return null;
            }

            // A plus is a plus here: the signature's alphabet has none, and form encoding is not spoken of.
            parameters.HasDuplicates |= !parameters._values.TryAdd(
                Uri.UnescapeDataString(part[..equals]), Uri.UnescapeDataString(part[(equals + 1)..]));
        }

        return parameters;
    }

    private static bool IsWellEscaped(string part)
    {
        for (int i = part.IndexOf('%', StringComparison.Ordinal); i >= 0; i = part.IndexOf('%', i + 1))
        {
            if (i + 2 >= part.Length || !char.IsAsciiHexDigit(part[i + 1]) || !char.IsAsciiHexDigit(part[i + 2]))
            {
                return false;
            }
        }

        return true;
    }
}
