using System.Linq.Expressions;
using System.Management.Automation;
using System.Reflection;

namespace TencentChat.PowerShell.Binding;

/// <summary>
/// Reads a custom object's cells by number. Every row must be asked whether it brings a column that the rows before it had
/// not, else its cells would be lost without a word; listing its properties costs six times as much as reading four of them
/// by name, and by number they cost a fifth of that. The engine has count and numbers but does not publish them; where they
/// cannot be had, rows are listed and read by name.
/// </summary>
internal static class CellAccess
{
    /// <summary>The row has to be listed.</summary>
    public const int NotKnown = -1;

    private const BindingFlags Internal = BindingFlags.Instance | BindingFlags.NonPublic;

    private static readonly MethodInfo? s_members = typeof(PSObject).GetProperty("InstanceMembers", Internal)?.GetMethod;
    private static readonly Func<PSObject, int>? s_count = CompileCount();
    private static readonly Func<PSObject, int, object?>? s_member = CompileMember();

    /// <summary>How many members of its own the row has, or <see cref="NotKnown"/>.</summary>
    public static int CountOf(PSObject row) => s_count is not null && row.BaseObject is PSCustomObject ? s_count(row) : NotKnown;

    /// <summary>The property at a place that <see cref="CountOf"/> allows; null when it is another kind of member or cannot be had.</summary>
    public static PSPropertyInfo? PropertyAt(PSObject row, int place) => s_member?.Invoke(row, place) as PSPropertyInfo;

    private static Func<PSObject, int>? CompileCount()
    {
        MethodInfo? count = s_members?.ReturnType.GetProperty("Count", Internal)?.GetMethod;
        if (count is null || count.ReturnType != typeof(int))
        {
            return null;
        }

        ParameterExpression row = Expression.Parameter(typeof(PSObject));
        return Expression.Lambda<Func<PSObject, int>>(Expression.Call(Expression.Call(row, s_members!), count), row).Compile();
    }

    private static Func<PSObject, int, object?>? CompileMember()
    {
        MethodInfo? item = s_members?.ReturnType.GetProperty("Item", Internal, null, null, [typeof(int)], null)?.GetMethod;
        if (item is null || item.ReturnType.IsValueType)
        {
            return null;
        }

        ParameterExpression row = Expression.Parameter(typeof(PSObject));
        ParameterExpression place = Expression.Parameter(typeof(int));
        return Expression.Lambda<Func<PSObject, int, object?>>(Expression.Call(Expression.Call(row, s_members!), item, place), row, place).Compile();
    }
}
