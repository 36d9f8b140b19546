using System.Net;
using System.Runtime.CompilerServices;

namespace TencentChat.Emulator.Tests.Support;

/// <summary>All servers of these tests are on this machine, so no client here asks a proxy, whatever the environment names.</summary>
internal static class NoProxy
{
    // Before the first client: whoever is not told otherwise, the browser's driver included, asks this one.
    [ModuleInitializer]
    internal static void Use() => HttpClient.DefaultProxy = new WebProxy();
}
