using System.Runtime.CompilerServices;

namespace TencentChat.PowerShell.Connections;

/// <summary>
/// Who has a connection: cmdlets that work on it just now, and whoever was given it. One that nobody has any more is closed
/// when it stops being a default, so that its key is forgotten; one that is in use is closed after that.
/// </summary>
internal sealed class ConnectionUse
{
    private static readonly ConditionalWeakTable<ChatConnection, ConnectionUse> s_uses = [];

    private int _users;
    private bool _isGivenOut;
    private bool _isRetired;

    /// <summary>A cmdlet begins to work on the connection.</summary>
    public static void Begin(ChatConnection connection)
    {
        ConnectionUse use = Of(connection);
        lock (use)
        {
            use._users++;
        }
    }

    /// <summary>A cmdlet has ended.</summary>
    public static void End(ChatConnection connection)
    {
        ConnectionUse use = Of(connection);
        lock (use)
        {
            use._users--;
            use.CloseWhenLeft(connection);
        }
    }

    /// <summary>The connection is written to the pipeline: from now on its owner closes it, with Disconnect-Chat.</summary>
    public static void GiveOut(ChatConnection connection)
    {
        ConnectionUse use = Of(connection);
        lock (use)
        {
            use._isGivenOut = true;
        }
    }

    /// <summary>The connection is nobody's default any more.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="isOwn">Whether it is closed even though somebody was given it.</param>
    public static void Retire(ChatConnection connection, bool isOwn)
    {
        ConnectionUse use = Of(connection);
        lock (use)
        {
            use._isRetired = true;
            use._isGivenOut &= !isOwn;
            use.CloseWhenLeft(connection);
        }
    }

    private static ConnectionUse Of(ChatConnection connection) => s_uses.GetOrCreateValue(connection);

    private void CloseWhenLeft(ChatConnection connection)
    {
        if (_isRetired && !_isGivenOut && _users == 0)
        {
            connection.Dispose();
        }
    }
}
