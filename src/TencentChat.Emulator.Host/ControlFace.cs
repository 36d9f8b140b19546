using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;

namespace TencentChat.Emulator.Host;

/// <summary>Control of a running emulator and the page that shows it: only for this machine, and not for other sites' pages.</summary>
internal sealed class ControlFace(ChatEmulator emulator)
{
    private const int MaxStateBytes = 1024 * 1024 * 1024;
    private const int MaxBodyBytes = 64 * 1024;
    private const int MaxAccountsShown = 200;

    private readonly ControlViews _views = new(emulator);

    /// <summary>Where control begins; all other paths are the service's.</summary>
    public const string Root = "/_emulator";

    public void Map(IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup(Root);
        control.MapGet("/", () => ControlPage.Get("index.html"));
        control.MapGet("/page.css", () => ControlPage.Get("page.css"));
        control.MapGet("/page.js", () => ControlPage.Get("page.js"));
        control.MapGet("/journal", (long? after, int? max) => Json(_views.Journal(after ?? 0, Math.Max(0, max ?? int.MaxValue))));
        control.MapGet("/stats", () => Json(_views.Stats()));
        control.MapGet("/accounts", (string? search, int? max) => Json(_views.Accounts(search ?? "", Math.Min(MaxAccountsShown, max ?? 50))));
        control.MapGet("/state", () => Results.Text(emulator.ExportState(), "application/json", Encoding.UTF8));
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
    /// host name even; such requests name that host or its origin, and are refused.
    /// </summary>
    public static async Task GuardAsync(HttpContext context, Func<Task> next)
    {
        var request = context.Request;
        var ownOrigin = $"{request.Scheme}://{request.Host}";
        var isForeign = !StringValues.IsNullOrEmpty(request.Headers.Origin) && !string.Equals(request.Headers.Origin, ownOrigin, StringComparison.OrdinalIgnoreCase);
        if (!EmulatorServer.IsLoopback(context.Connection.RemoteIpAddress) || !NamesThisMachine(request.Host) || isForeign)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsJsonAsync(new { Error = "Control is only for this machine." }, ControlViews.Format);
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await next();
    }

    private static bool NamesThisMachine(HostString host) =>
        string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (System.Net.IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && EmulatorServer.IsLoopback(address));

    private static JsonHttpResult<T> Json<T>(T value) => TypedResults.Json(value, ControlViews.Format);

    private static IResult Done(Action action)
    {
        action();
        return Results.NoContent();
    }

    private static IResult Wrong(string error) => Results.Json(new { Error = error }, ControlViews.Format, statusCode: StatusCodes.Status400BadRequest);

    private static IResult NoSuchFault(int id) => Results.Json(new { Error = $"There is no fault {id}." }, ControlViews.Format, statusCode: StatusCodes.Status404NotFound);

    private async Task<IResult> PutStateAsync(HttpContext context)
    {
        if (await BoundedBody.ReadAsync(context.Request, MaxStateBytes, context.RequestAborted) is not { } body)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        try
        {
            emulator.ImportState(Encoding.UTF8.GetString(body.Span));
            return Results.NoContent();
        }
        catch (FormatException exception)
        {
            return Wrong(exception.Message);
        }
    }

    private async Task<IResult> AddFaultAsync(HttpContext context)
    {
        try
        {
            var wanted = await ReadAsync<FaultRequest>(context);
            var fault = Fault.Parse(wanted.Fault ?? "");
            var added = emulator.Faults.Add(new Fault(fault.Endpoint, fault.Kind, fault.Rate, fault.Argument, wanted.Limit) { IsEnabled = wanted.IsEnabled ?? true });
            return Results.Json(ControlViews.Of(added), ControlViews.Format, statusCode: StatusCodes.Status201Created);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return Wrong(exception.Message);
        }
    }

    private async Task<IResult> SwitchFaultAsync(HttpContext context, int id)
    {
        try
        {
            var wanted = await ReadAsync<SwitchRequest>(context);
            return emulator.Faults.Enable(id, wanted.IsEnabled) ? Results.NoContent() : NoSuchFault(id);
        }
        catch (FormatException exception)
        {
            return Wrong(exception.Message);
        }
    }

    private async Task<IResult> MoveClockAsync(HttpContext context)
    {
        try
        {
            var wanted = await ReadAsync<ClockRequest>(context);
            emulator.AdvanceClock(TimeSpan.FromSeconds(wanted.AdvanceSeconds));
            return Json(_views.Clock());
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            return Wrong(exception.Message);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpContext context)
    {
        if (await BoundedBody.ReadAsync(context.Request, MaxBodyBytes, context.RequestAborted) is not { } body)
        {
            throw new FormatException("The request is too long.");
        }

        try
        {
            return JsonSerializer.Deserialize<T>(body.Span, ControlViews.Format) ?? throw new FormatException("An object is expected.");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The request cannot be read: {exception.Message}", exception);
        }
    }

    private sealed record FaultRequest(string? Fault, int? Limit, bool? IsEnabled);

    private sealed record SwitchRequest([property: System.Text.Json.Serialization.JsonRequired] bool IsEnabled);

    private sealed record ClockRequest([property: System.Text.Json.Serialization.JsonRequired] double AdvanceSeconds);
}
