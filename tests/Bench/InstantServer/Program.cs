using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

// Says yes to every call without looking into it; the only argument is how many milliseconds it holds each answer back.
// What it costs is the bench's own, and shared by all that is measured against it.

// Read by the sockets at their first use. Together with the scheduling below, a call is answered on the thread that sees it come:
// on a machine of few cores, what the server costs is taken from the client that is measured.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

byte[] ok = """{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}"""u8.ToArray();
byte[] names = """{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","AttrNames":{"0":"sex","1":"city","2":"level"}}"""u8.ToArray();
var latency = TimeSpan.FromMilliseconds(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 0);
int calls = 0;
int open = 0;
int mostOpen = 0;
int inFlight = 0;
int mostInFlight = 0;
long firstAnswerAt = 0;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
builder.Configuration.Sources.Clear();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
{
    listen.Protocols = HttpProtocols.Http1;
    listen.Use(next => async connection =>
    {
        Raise(ref mostOpen, Interlocked.Increment(ref open));
        await next(connection);
        Interlocked.Decrement(ref open);
    });
}));
builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
WebApplication app = builder.Build();
app.Run(async context =>
{
    string path = context.Request.Path.Value!;
    if (path == "/bench")
    {
        await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture,
            $$"""{"Calls":{{calls}},"MostConnections":{{mostOpen}},"MostInFlight":{{mostInFlight}},"FirstAnswerAt":{{firstAnswerAt}},"CpuSeconds":{{Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds}}}"""));
        return;
    }

    if (path == "/bench/reset")
    {
        calls = mostInFlight = 0;
        mostOpen = open;
        firstAnswerAt = 0;
        await context.Response.WriteAsync("{}");
        return;
    }

    Raise(ref mostInFlight, Interlocked.Increment(ref inFlight));
    while (true)
    {
        System.IO.Pipelines.ReadResult read = await context.Request.BodyReader.ReadAsync();
        context.Request.BodyReader.AdvanceTo(read.Buffer.End);
        if (read.IsCompleted)
        {
            break;
        }
    }

    if (latency > TimeSpan.Zero)
    {
        await Task.Delay(latency);
    }

    bool isNames = path.EndsWith("get_attr_name", StringComparison.Ordinal);
    byte[] answer = isNames ? names : ok;
    context.Response.ContentType = "application/json; charset=utf-8";
    context.Response.ContentLength = answer.Length;
    Interlocked.Increment(ref calls);
    Interlocked.Decrement(ref inFlight);
    if (path.EndsWith("set_attr", StringComparison.Ordinal) && firstAnswerAt == 0)
    {
        Interlocked.CompareExchange(ref firstAnswerAt, Stopwatch.GetTimestamp(), 0);
    }

    await context.Response.Body.WriteAsync(answer);
});
await app.StartAsync();
Console.WriteLine("Instant server at " + app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
await app.WaitForShutdownAsync();

static void Raise(ref int most, int now)
{
    int seen;
    while (now > (seen = Volatile.Read(ref most)))
    {
        Interlocked.CompareExchange(ref most, now, seen);
    }
}
