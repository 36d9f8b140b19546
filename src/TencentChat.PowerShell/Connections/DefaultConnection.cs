using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace TencentChat.PowerShell.Connections;

/// <summary>
/// The connection that cmdlets use when they are given none. Kept per runspace: two jobs in one process, or the parallel
/// script blocks of a loop, never get each other's app.
/// </summary>
internal static class DefaultConnection
{
    private static readonly ConditionalWeakTable<Runspace, ChatConnection> s_byRunspace = [];

    public static ChatConnection? Current
    {
        get => Runspace.DefaultRunspace is { } runspace && s_byRunspace.TryGetValue(runspace, out ChatConnection? connection) ? connection : null;
        set
        {
            if (Runspace.DefaultRunspace is not { } runspace)
            {
                return;
            }

            if (value is null)
            {
                s_byRunspace.Remove(runspace);
            }
            else
            {
                s_byRunspace.AddOrUpdate(runspace, value);
            }
        }
    }
}
