using System.Net;
using System.Net.Sockets;

namespace TencentChat.Tests.Network;

/// <summary>A server on this machine, of which a test says what happens to each connection. Nothing waits for a clock.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    /// <summary>Tests with real sockets run by themselves: one sets the process's own proxy.</summary>
    public const string Collection = "Network";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Connection, CancellationToken, Task> _serve;
    private readonly List<Task> _serving = [];
    private readonly Task _accepting;
    private int _connections;

    /// <param name="serve">Serves one connection; whatever it throws ends that connection.</param>
    public LoopbackServer(Func<Connection, CancellationToken, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections there were.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>A port that nobody listens at.</summary>
    public static int FindClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(_serving).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync(_stop.Token).ConfigureAwait(false);
                _serving.Add(ServeAsync(new Connection(Interlocked.Increment(ref _connections), socket)));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task ServeAsync(Connection connection)
    {
        await Task.Yield();
        using (connection)
        {
            try
            {
                await _serve(connection, _stop.Token).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is OperationCanceledException or IOException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
            {
                // The other side has gone, or was sent away.
            }
        }
    }
}

/// <summary>One connection that was accepted.</summary>
/// <param name="number">Its number, from 1.</param>
/// <param name="socket">The socket.</param>
internal sealed class Connection(int number, Socket socket) : IDisposable
{
    public int Number => number;

    public NetworkStream Stream { get; } = new(socket, ownsSocket: true);

    /// <summary>Ends it with a reset instead of an orderly close.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    public void Dispose() => Stream.Dispose();
}

/// <summary>See <see cref="LoopbackServer.Collection"/>.</summary>
[CollectionDefinition(LoopbackServer.Collection, DisableParallelization = true)]
public sealed class NetworkTests;
