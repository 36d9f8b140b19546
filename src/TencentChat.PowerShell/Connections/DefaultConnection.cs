using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using TencentChat.Errors;

namespace TencentChat.PowerShell.Connections;

/// <summary>
/// The connection that cmdlets use when they are given none. Kept per runspace: two jobs in one process, or the parallel
/// script blocks of a loop, never get each other's app. The environment serves a runspace until somebody says there with
/// Connect-Chat or Disconnect-Chat which app is meant, or that none is; from then on it is no fallback (P11).
/// </summary>
internal sealed class DefaultConnection
{
    private const string NoFallback = "The environment variables are not used after it.";

    private static readonly ConditionalWeakTable<Runspace, DefaultConnection> s_byRunspace = [];

    private ChatConnection? _connection;
    private string _whyNone = EnvironmentConnection.HowToConnect;

    // What the environment would connect with; null when it is not asked.
    private EnvironmentConnection? _environment = EnvironmentConnection.Plain;
    private EnvironmentStamp? _stamp;

    /// <summary>The default connection of this runspace.</summary>
    public static DefaultConnection Here =>
        Runspace.DefaultRunspace is { } runspace ? s_byRunspace.GetOrCreateValue(runspace) : new DefaultConnection();

    /// <summary>The connection as far as there is one, and as far as the environment still says what it was made from.</summary>
    public ChatConnection? Current => IsOutdated ? null : _connection;

    /// <summary>Why there is no connection, and what to do.</summary>
    public string WhyNone => _whyNone;

    /// <summary>The connection; made from the environment where that may be, and made anew when the environment has changed. Null when there is none.</summary>
    /// <param name="made">Whether it was made just now.</param>
    /// <exception cref="ChatConfigurationException">The environment contradicts itself, or is incomplete.</exception>
    public ChatConnection? Find(out bool made)
    {
        made = false;
        if (IsOutdated)
        {
            // One that nobody asked for by Connect-Chat belongs to the module, even if somebody has looked at it.
            Drop(isOwn: _environment == EnvironmentConnection.Plain);
        }

        if (_connection is null && _environment is { } environment)
        {
            _stamp = environment.Stamp();
            _connection = environment.Make();
            made = _connection is not null;
        }

        return _connection;
    }

    /// <summary>Connect-Chat begins. If it fails, what follows must go neither to the app that was connected before nor to one of the environment.</summary>
    public void BeginConnect() => LeaveEnvironment($"Not connected: the last Connect-Chat failed; connect again. {NoFallback}");

    /// <summary>Connect-Chat has succeeded.</summary>
    public void Connect(ChatConnection connection)
    {
        Drop();
        _connection = connection;
    }

    /// <summary>Connect-Chat has succeeded with what the environment says, and goes along when that changes.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="environment">What it was made with.</param>
    /// <param name="stamp">What the environment said when it was made.</param>
    public void Connect(ChatConnection connection, EnvironmentConnection environment, EnvironmentStamp stamp)
    {
        Connect(connection);
        (_environment, _stamp, _whyNone) = (environment, stamp, EnvironmentConnection.HowToConnect);
    }

    /// <summary>Disconnect-Chat was called; for another connection than this one, this one stays.</summary>
    /// <param name="closed">The connection that was closed; null for none.</param>
    public void Disconnect(ChatConnection? closed)
    {
        if (Current is null || _connection == closed)
        {
            LeaveEnvironment($"Not connected: Disconnect-Chat was called; connect again. {NoFallback}");
        }
    }

    private bool IsOutdated =>
        _connection is not null && _environment is { } environment
        && environment.Stamp().Contradicts(_stamp!, mayBeGone: environment != EnvironmentConnection.Plain);

    private void LeaveEnvironment(string whyNone)
    {
        Drop();
        (_environment, _whyNone) = (null, whyNone);
    }

    private void Drop(bool isOwn = false)
    {
        if (_connection is { } connection)
        {
            _connection = null;
            ConnectionUse.Retire(connection, isOwn);
        }
    }
}
