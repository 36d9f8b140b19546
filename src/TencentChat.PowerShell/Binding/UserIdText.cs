using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace TencentChat.PowerShell.Binding;

/// <summary>Turns what names a user into the id: text as it is, numbers the same on every machine.</summary>
internal static class UserIdText
{
    /// <param name="value">What came down the pipeline, or what an id column holds.</param>
    /// <param name="userId">The id; empty for nothing.</param>
    /// <returns>False for what names nobody: a list or an object, and a date or a truth value, which some other column has.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryGet(object? value, out string userId)
    {
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        string? text = null;
        bool isText = plain is not (bool or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan) && ValueText.TryGet(value, out text);
        userId = text ?? string.Empty;
        return isText;
    }
}
