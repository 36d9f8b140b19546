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

    private EmulatorServer(WebApplication app) => _app = app;

    /// <summary>The address it listens on, with the port it got.</summary>
    public Uri Endpoint => new(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    /// <summary>Starts listening.</summary>
    /// <exception cref="IOException">The port is taken, or the address is not this machine's.</exception>
    public static async Task<EmulatorServer> StartAsync(ChatEmulator emulator, HostSettings settings)
    {
        // The slim builder reads no configuration beyond what is given here: a stray appsettings.json must not move the port.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Both faces read no more than they take, and answer what is longer in their own words.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(settings.Address, settings.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });

        var app = builder.Build();
        var service = new ServiceFace(emulator);
        app.Use((context, next) => context.Request.Path.StartsWithSegments(ControlFace.Root) ? next() : service.HandleAsync(context));
        app.Use(ControlFace.GuardAsync);
        app.UseRouting();
        new ControlFace(emulator).Map(app);
        await app.StartAsync();
        return new EmulatorServer(app);
    }

    /// <summary>Returns when the process is told to end.</summary>
    public Task WaitForEndAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Whether a request comes from this machine.</summary>
    internal static bool IsLoopback([NotNullWhen(true)] IPAddress? address) =>
        address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
