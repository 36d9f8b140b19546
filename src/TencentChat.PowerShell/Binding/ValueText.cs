using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Runtime.CompilerServices;

namespace TencentChat.PowerShell.Binding;

/// <summary>Turns a cell or an argument into the text that is sent: the same on every machine, whatever its culture.</summary>
internal static class ValueText
{
    /// <summary>The text, with null for an empty one too.</summary>
    public static bool TryGetOrNull(object? value, out string? text)
    {
        bool isText = TryGet(value, out text);
        text = string.IsNullOrEmpty(text) ? null : text;
        return isText;
    }

    /// <param name="value">What a property or a key holds.</param>
    /// <param name="text">The text; null for nothing.</param>
    /// <returns>False for what has no text of its own: a list, a table, an object.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryGet(object? value, out string? text)
    {
        text = value as string;
        if (text is not null || value is null)
        {
            return true;
        }

        if (value == AutomationNull.Value)
        {
            return true;
        }

        object plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        switch (plain)
        {
            case string inner:
                text = inner;
                return true;
            case bool or char or Enum or Guid or Uri or Version:
                text = plain.ToString();
                return true;

            // PowerShell's own text for a date loses fractions and offset, and reads as an American date.
            case DateTime or DateTimeOffset or DateOnly or TimeOnly:
                text = ((IFormattable)plain).ToString("o", CultureInfo.InvariantCulture);
                return true;
            case IFormattable number and not IEnumerable:
                return TryFormat(number, out text);
            default:
                return plain is DBNull;
        }
    }

    // A type of the user's own may throw, and that is one row's fault and not the run's.
    private static bool TryFormat(IFormattable value, out string? text)
    {
        text = null;
        try
        {
            text = value.ToString(null, CultureInfo.InvariantCulture);
            return true;
        }
        catch (Exception fault) when (fault is not PipelineStoppedException)
        {
            return false;
        }
    }
}
