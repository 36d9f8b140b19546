using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using TencentChat.Emulator.Faults;
using TencentChat.Emulator.Journal;
using TencentChat.Emulator.Protocol;

namespace TencentChat.Emulator.Host;

/// <summary>Control of a running emulator and the page that shows it: only for this machine, and not for other sites' pages.</summary>
internal sealed class ControlApi(ChatEmulator emulator)
{
    private const int MaxBodyBytes = 64 * 1024;
    private const int MaxAccountsShown = 200;

    // What proxies add: through one on this machine everybody would look like this machine.
    private static readonly string[] s_proxyHeaders = ["Forwarded", "Via", "X-Real-IP"];
    private const string ProxyHeaderPrefix = "X-Forwarded-";

    private readonly ControlViews _views = new(emulator);

    /// <summary>Where control begins; all other paths are the service's.</summary>
    public const string Root = "/_emulator";

    public void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder control = routes.MapGroup(Root);
        control.MapGet("/", () => ControlPage.Get("index.html"));
        foreach (string file in ControlPage.Files)
        {
            control.MapGet($"/{file}", () => ControlPage.Get(file));
        }

        control.MapGet("/journal", (long? after, int? max, string? code) => ControlViews.TryReadFilter(code, out Func<JournalEntry, bool>? filter)
            ? Json(_views.Journal(after ?? 0, Math.Max(0, max ?? int.MaxValue), filter))
            : Wrong($"'{code}' is not a code, nor one of error, none."));
        control.MapGet("/stats", () => Json(_views.Stats()));
        control.MapGet("/accounts", (string? prefix, int? skip, int? max) =>
            Json(_views.Accounts(prefix ?? string.Empty, Math.Max(0, skip ?? 0), Math.Clamp(max ?? 50, 0, MaxAccountsShown))));
        control.MapGet("/account", (string? id) => _views.Account(id ?? string.Empty) is { } account ? Json(account) : NoSuchAccount(id));
        control.MapGet("/codes", () => Json(ControlViews.Codes()));
        control.MapGet("/pushes", (long? after, int? max, int? accounts) => Json(_views.Pushes(after ?? 0, Math.Max(0, max ?? 100), Math.Max(0, accounts ?? 50))));
        control.MapGet("/state", (Delegate)GetStateAsync);
        control.MapPut("/state", (Delegate)PutStateAsync);
        control.MapGet("/faults", () => Json(_views.Faults()));
        control.MapPost("/faults", (Delegate)AddFaultAsync);
        control.MapPost("/faults/{id:int}", SwitchFaultAsync);
        control.MapDelete("/faults/{id:int}", (int id) => emulator.Faults.Remove(id) ? Results.NoContent() : NoSuchFault(id));
        control.MapDelete("/faults", () => Done(emulator.Faults.Clear));
        control.MapPost("/reset", () => Done(emulator.Reset));
        control.MapGet("/clock", () => Json(_views.Clock()));
        control.MapPost("/clock", (Delegate)MoveClockAsync);
        control.MapFallback(() => Results.Json(new { Error = "No such control." }, ControlViews.Format, statusCode: StatusCodes.Status404NotFound));
    }

    /// <summary>
    /// Lets in only this machine. A page of another site can make a browser on this machine send requests here, under its own
    /// host name even; such requests name that host or its origin, and are refused. So is what says that it came through a
    /// proxy, which may stand on this machine and serve others.
    /// </summary>
    public static async Task GuardAsync(HttpContext context, Func<Task> next)
    {
        HttpRequest request = context.Request;
        string ownOrigin = $"{request.Scheme}://{request.Host}";
        bool isForeign = !StringValues.IsNullOrEmpty(request.Headers.Origin) && !string.Equals(request.Headers.Origin, ownOrigin, StringComparison.OrdinalIgnoreCase);
        if (!EmulatorServer.IsLoopback(context.Connection.RemoteIpAddress) || !NamesThisMachine(request.Host) || isForeign || IsHandedOn(request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsJsonAsync(new { Error = "Control is only for this machine." }, ControlViews.Format);
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await next();
    }

    // nginx adds no header by itself, and speaks HTTP/1.0 to what it hands on to; browsers and PowerShell do not.
    private static bool IsHandedOn(HttpRequest request) => HttpProtocol.IsHttp10(request.Protocol) || request.Headers.Keys.Any(name =>
        name.StartsWith(ProxyHeaderPrefix, StringComparison.OrdinalIgnoreCase) || s_proxyHeaders.Contains(name, StringComparer.OrdinalIgnoreCase));

    private static bool NamesThisMachine(HostString host) =>
        string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (System.Net.IPAddress.TryParse(host.Host.Trim('[', ']'), out IPAddress? address) && EmulatorServer.IsLoopback(address));

    private static IResult Json<T>(T value) => Results.Json(value, ControlViews.Format);

    private static IResult Done(Action action)
    {
        action();
        return Results.NoContent();
    }

    private static IResult Wrong(string error) => Results.Json(new { Error = error }, ControlViews.Format, statusCode: StatusCodes.Status400BadRequest);

    private static IResult NoSuchAccount(string? id) => Results.Json(new { Error = $"There is no account '{id}'." }, ControlViews.Format, statusCode: StatusCodes.Status404NotFound);

    private static IResult NoSuchFault(int id) => Results.Json(new { Error = $"There is no fault {id}." }, ControlViews.Format, statusCode: StatusCodes.Status404NotFound);

    private async Task GetStateAsync(HttpContext context)
    {
        // As it was written: text made of it would be twice as long.
        ReadOnlyMemory<byte> state = emulator.ExportStateBytes();
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = state.Length;
        await context.Response.Body.WriteAsync(state, context.RequestAborted);
    }

    private async Task<IResult> PutStateAsync(HttpContext context)
    {
        if (await BoundedRead.ToEndAsync(context.Request, BoundedRead.MaxStateBytes, context.RequestAborted) is not { } body)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        try
        {
            emulator.ImportState(body.Span);
            return Results.NoContent();
        }
        catch (FormatException exception)
        {
            return Wrong(exception.Message);
        }
    }

    private Task<IResult> AddFaultAsync(HttpContext context) => WithAsync<FaultRequest>(context, wanted =>
    {
        Fault added = emulator.Faults.Add(Fault.ParseLimited(wanted.Fault ?? string.Empty, wanted.Limit) with { IsEnabled = wanted.IsEnabled ?? true });
        return Results.Json(ControlViews.Of(added), ControlViews.Format, statusCode: StatusCodes.Status201Created);
    });

    private Task<IResult> SwitchFaultAsync(HttpContext context, int id) => WithAsync<SwitchRequest>(
        context, wanted => emulator.Faults.Enable(id, wanted.IsEnabled) ? Results.NoContent() : NoSuchFault(id));

    private Task<IResult> MoveClockAsync(HttpContext context) => WithAsync<ClockRequest>(context, wanted =>
    {
        if (!(wanted.AdvanceSeconds >= 0 && wanted.AdvanceSeconds < (EmulatorClock.End - emulator.UtcNow).TotalSeconds))
        {
            return Wrong(EmulatorClock.Bounds);
        }

        emulator.AdvanceClock(TimeSpan.FromSeconds(wanted.AdvanceSeconds));
        return Json(_views.Clock());
    });

    /// <summary>Reads a request's body and does what it asks for, or says what is wrong with it.</summary>
    private static async Task<IResult> WithAsync<T>(HttpContext context, Func<T, IResult> act)
    {
        if (await BoundedRead.ToEndAsync(context.Request, MaxBodyBytes, context.RequestAborted) is not { } body)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        try
        {
            return JsonSerializer.Deserialize<T>(body.Span, ControlViews.Format) is { } wanted ? act(wanted) : Wrong("An object is expected.");
        }
        catch (JsonException exception)
        {
            // Its own words name types of this program.
            return Wrong($"The request is not the JSON that is expected: see {exception.Path ?? "$"}.");
        }
        catch (FormatException exception)
        {
            return Wrong(exception.Message);
        }
    }

    private sealed record FaultRequest(string? Fault, int? Limit, bool? IsEnabled);

    private sealed record SwitchRequest([property: System.Text.Json.Serialization.JsonRequired] bool IsEnabled);

    private sealed record ClockRequest([property: System.Text.Json.Serialization.JsonRequired] double AdvanceSeconds);
}
