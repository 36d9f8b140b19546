using System.Net;

namespace TencentChat.Emulator.Host;

/// <summary>Where the server listens.</summary>
/// <param name="Address">The address; loopback unless told otherwise.</param>
/// <param name="Port">The port; 0 = any that is free.</param>
internal sealed record HostSettings(IPAddress Address, int Port);
