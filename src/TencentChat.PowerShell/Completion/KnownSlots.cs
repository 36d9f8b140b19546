using System.Collections;
using System.Management.Automation;
using TencentChat.Operations.Attributes;
using TencentChat.PowerShell.Connections;

namespace TencentChat.PowerShell.Completion;

/// <summary>
/// The app's attribute slots, for Tab: from what the connection remembers. A connection that was never asked for them is
/// asked once, and a prompt waits less than a second for that.
/// </summary>
internal static class KnownSlots
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(800);

    /// <param name="given">The parameters of the command so far.</param>
    /// <returns>The slots that have a name; none when there is no connection, or no answer in time.</returns>
    public static IReadOnlyList<AttributeSlot> Of(IDictionary given)
    {
        object? named = given["Connection"] is PSObject wrapped ? wrapped.BaseObject : given["Connection"];
        ChatConnection? connection = named as ChatConnection ?? DefaultConnection.Here.Current;
        if (connection is null || connection.IsClosed)
        {
            return [];
        }

        if (connection.Names.Known is { } known)
        {
            return known.Slots;
        }

        Task<AttributeNameTable> asked = connection.GetAttributeNamesAsync(TimeSpan.MaxValue);
        try
        {
            return asked.Wait(s_patience) ? asked.Result.Slots : [];
        }
        catch (AggregateException)
        {
            // Completion has no place to show an error; the command itself will.
            return [];
        }
    }
}
