using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace TencentChat.Emulator.Host;

/// <summary>The web server: the emulated service at <c>/</c>, control at <c>/_emulator/</c>.</summary>
internal sealed class EmulatorServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EmulatorServer(WebApplication app, IPAddress address)
    {
        _app = app;
        Address = address;
    }

    /// <summary>Where it was told to listen.</summary>
    public IPAddress Address { get; }

    /// <summary>The address it listens on, with the port it got.</summary>
    public Uri Endpoint => new(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    /// <summary>The address by which this machine reaches it.</summary>
    public Uri NearEndpoint => new UriBuilder(Endpoint) { Host = OwnAddress(Address).ToString() }.Uri;

    /// <summary>An address by which other machines may reach it, when it listens at all of them; else null.</summary>
    public Uri? FarEndpoint => OwnAddress(Address).Equals(Address) ? null : new UriBuilder(Endpoint) { Host = Dns.GetHostName() }.Uri;

    /// <summary>Where this machine reaches control and the page; null when it listens at an address of the network alone.</summary>
    public Uri? Control => ControlAt(Address, Endpoint);

    /// <summary>Starts listening.</summary>
    /// <exception cref="IOException">The port is taken, or the address is not this machine's.</exception>
    public static async Task<EmulatorServer> StartAsync(ChatEmulator emulator, HostSettings settings)
    {
        // The slim builder reads no configuration beyond what is given here: a stray appsettings.json must not move the port.
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Service and control read no more than they take, and answer what is longer in their own words.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(settings.Address, settings.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });

        WebApplication app = builder.Build();
        var service = new ServiceEndpoint(emulator);
        app.Use((context, next) => context.Request.Path.StartsWithSegments(ControlApi.Root) ? next() : service.HandleAsync(context));
        app.Use(ControlApi.GuardAsync);
        app.UseRouting();
        new ControlApi(emulator).Map(app);
        await app.StartAsync();
        return new EmulatorServer(app, settings.Address);
    }

    /// <summary>Returns when the process is told to end.</summary>
    public Task WaitForEndAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    internal static Uri? ControlAt(IPAddress listening, Uri endpoint)
    {
        IPAddress own = OwnAddress(listening);
        return IsLoopback(own) ? new UriBuilder(endpoint) { Host = own.ToString(), Path = ControlApi.Root + "/" }.Uri : null;
    }

    // Where it listens at all addresses, loopback is one of them.
    private static IPAddress OwnAddress(IPAddress listening) =>
        listening.Equals(IPAddress.Any) ? IPAddress.Loopback : listening.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : listening;

    /// <summary>Whether a request comes from this machine.</summary>
    internal static bool IsLoopback([NotNullWhen(true)] IPAddress? address) =>
        address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
