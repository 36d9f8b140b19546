using System.Net;
using System.Net.Http.Headers;
using TencentChat.Emulator.Protocol;

namespace TencentChat.Emulator;

/// <summary>The face of the emulator inside a process: what an <see cref="HttpClient"/> would find at the other end.</summary>
internal sealed class InProcessHandler(ChatEmulator emulator, int maxBodyBytes) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // A caller that starts many calls has them all in flight, as over a network, instead of one after the other.
        await Task.Yield();
        Uri uri = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        // What says that it is too long is not even read.
        bool isTooLong = request.Content?.Headers.ContentLength > maxBodyBytes;
        byte[] body = request.Content is null || isTooLong ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        isTooLong |= body.Length > maxBodyBytes;
        EmulatorReply reply = await emulator.ProcessAsync(
            new EmulatorRequest(request.Method.Method, uri.AbsolutePath, uri.Query, isTooLong ? default : body, isTooLong), cancellationToken).ConfigureAwait(false);
        if (reply.IsDropped)
        {
            throw new HttpRequestException(
                HttpRequestError.ResponseEnded,
                "An error occurred while sending the request.",
                new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely."));
        }

        var content = new ReadOnlyMemoryContent(reply.Body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        return new HttpResponseMessage((HttpStatusCode)reply.HttpStatus) { Content = content, RequestMessage = request };
    }
}
