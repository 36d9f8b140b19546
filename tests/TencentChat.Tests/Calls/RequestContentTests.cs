using System.Net.Sockets;
using TencentChat.Calls;
using TencentChat.Errors;
using TencentChat.Protocol;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Calls;

/// <summary>Whether a call can have arrived: not before any of its body was asked for, whatever broke.</summary>
[Collection(VirtualTime.Collection)]
public sealed class RequestContentTests
{
    [Theory]
    [InlineData("socket", false)]
    [InlineData("socket", true)]
    [InlineData("response ended", false)]
    [InlineData("response ended", true)]
    [InlineData("time-out", false)]
    [InlineData("time-out", true)]
    public Task P1_what_breaks_before_the_body_was_asked_for_was_not_sent(string what, bool isSent) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new BreakingService(isSent, what switch
        {
            "socket" => new SocketException((int)SocketError.NotConnected),
            "response ended" => new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely."),
            _ => null,
        });
        using var transport = new ChatTransport(service, [new Uri("https://host.example/")], _ => null, 1400000000, "administrator", TimeSpan.FromSeconds(10), clock);
        Task<ChatReply> posting = transport.PostAsync(ChatEndpoints.ImGetAttrName, "{}"u8.ToArray(), "signature", new SecretMask(), CancellationToken.None);
        ChatTransportException fault = Assert.Throws<ChatTransportException>(() => time.Await(posting));
        Assert.Equal(isSent ? TransportFault.NoAnswer : TransportFault.Unreachable, fault.Fault);
        Assert.Contains(what == "time-out" ? "within 10 seconds" : "host.example", fault.Message, StringComparison.Ordinal);
    });

    /// <summary>Gives no answer: at the fault, or when the caller does not wait any more.</summary>
    private sealed class BreakingService(bool isSent, Exception? fault) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (isSent)
            {
                await request.Content!.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            }

            await (fault is null ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.FromException(fault)).ConfigureAwait(false);
            throw new InvalidOperationException();
        }
    }
}
