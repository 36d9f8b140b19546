using System.Linq.Expressions;
using System.Management.Automation;
using System.Reflection;

namespace TencentChat.PowerShell.Binding;

/// <summary>
/// Tells how many properties a custom object has without listing them. Listing costs six times as much as reading four
/// cells, and every row must be asked whether it brings a column that the rows before it had not: else its cells would be
/// lost without a word. The engine knows the number but does not publish it; where it cannot be had, rows are listed.
/// </summary>
internal static class PropertyCount
{
    /// <summary>The row has to be listed.</summary>
    public const int NotKnown = -1;

    private static readonly Func<PSObject, int>? s_count = Create();

    public static int Of(PSObject row) => s_count is not null && row.BaseObject is PSCustomObject ? s_count(row) : NotKnown;

    private static Func<PSObject, int>? Create()
    {
        const BindingFlags Internal = BindingFlags.Instance | BindingFlags.NonPublic;
        MethodInfo? members = typeof(PSObject).GetProperty("InstanceMembers", Internal)?.GetMethod;
        MethodInfo? count = members?.ReturnType.GetProperty("Count", Internal)?.GetMethod;
        if (members is null || count is null || count.ReturnType != typeof(int))
        {
            return null;
        }

        ParameterExpression row = Expression.Parameter(typeof(PSObject));
        return Expression.Lambda<Func<PSObject, int>>(Expression.Call(Expression.Call(row, members), count), row).Compile();
    }
}
