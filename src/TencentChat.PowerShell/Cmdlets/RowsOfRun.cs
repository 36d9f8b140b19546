using System.Management.Automation;
using System.Runtime.CompilerServices;
using TencentChat.Bulk;
using TencentChat.Errors;

namespace TencentChat.PowerShell.Cmdlets;

/// <summary>Makes rows of the input where a call is needed to understand them.</summary>
internal static class RowsOfRun
{
    /// <summary>When the call fails, the runs end, and each row has its result all the same (P1, P7).</summary>
    /// <param name="runs">What the rows are for.</param>
    /// <param name="bind">Understands the rows.</param>
    /// <param name="bindUnsent">Makes the rows of a run that has ended.</param>
    public static Func<PSObject, long, TRow> BindOrEnd<TRow>(RunGroup runs, Func<PSObject, long, TRow> bind, Func<PSObject, long, TRow> bindUnsent)
    {
        bool hasEnded = false;
        return [MethodImpl(MethodImplOptions.AggressiveOptimization)] (input, number) =>
        {
            try
            {
                return hasEnded ? bindUnsent(input, number) : bind(input, number);
            }
            catch (ChatServiceException fault)
            {
                hasEnded = true;
                runs.Stop(fault.Error, fault.ErrorInfo);
                return bindUnsent(input, number);
            }
        };
    }
}
