using Microsoft.AspNetCore.Http.Features;
using TencentChat.Emulator.Protocol;

namespace TencentChat.Emulator.Host;

/// <summary>The emulated service over HTTP: hands each request to the emulator and does with the connection what it says.</summary>
internal sealed class ServiceEndpoint(ChatEmulator emulator)
{
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            (string path, string query) = TargetOf(context);
            ReadOnlyMemory<byte>? body = await BoundedRead.ToEndAsync(context.Request, emulator.Options.MaxBodyBytes, context.RequestAborted);
            var request = new EmulatorRequest(context.Request.Method, path, query, body ?? default, bodyTooLong: body is null);
            EmulatorReply reply = await emulator.ProcessAsync(request, context.RequestAborted);
            if (reply.IsDropped)
            {
                context.Abort();
                return;
            }

            context.Response.StatusCode = reply.HttpStatus;
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.ContentLength = reply.Body.Length;
            if (body is null)
            {
                // What is left of the body is not worth reading.
                context.Response.Headers.Connection = "close";
            }

            await context.Response.Body.WriteAsync(reply.Body, context.RequestAborted);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The caller is gone, or broke off while sending: there is nobody to answer.
            context.Abort();
        }
    }

    /// <summary>The target as it was sent: decoding and tidying a path would hide what the caller did.</summary>
    private static (string Path, string Query) TargetOf(HttpContext context)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/'))
        {
            return (context.Request.Path.ToUriComponent(), context.Request.QueryString.Value ?? string.Empty);
        }

        int mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (target, string.Empty) : (target[..mark], target[(mark + 1)..]);
    }
}
