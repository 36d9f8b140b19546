using System.Globalization;
using System.Security.Authentication;
using TencentChat.Calls;
using TencentChat.Errors;
using TencentChat.Protocol;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Calls;

/// <summary>One POST: its form, and what every kind of answer or silence comes to.</summary>
[Collection(VirtualTime.Collection)]
public sealed class TransportTests
{
    private const string Sig = "eJ*given-signature_0123456789012345678901234567890123456789012345678901234567890123456789";

    private static readonly Uri s_host = new("https://host.example/");
    private static readonly Uri s_backup = new("https://backup.example/");

    [Fact]
    public Task The_request_has_the_documented_form() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        using ChatTransport transport = Transport(service, clock, admin: "admin istrator&x=1/ü");
        Post(time, transport);

        ScriptedCall call = Assert.Single(service.Calls);
        Assert.Equal(HttpMethod.Post, call.Method);
        Assert.Equal("application/json; charset=utf-8", call.ContentType);
        Assert.Equal("{}", call.Body);
        Assert.Equal("https://host.example/v4/all_member_push/im_get_attr_name", call.Uri.GetLeftPart(UriPartial.Path));
        Assert.Equal(["sdkappid", "identifier", "usersig", "random", "contenttype"], call.Uri.Query[1..].Split('&').Select(part => part.Split('=')[0]));
        Assert.Equal("1400000000", call.Query("sdkappid"));
        Assert.Equal("admin istrator&x=1/ü", call.Query("identifier"));
        Assert.Equal(Sig, call.Query("usersig"));
        Assert.Equal("json", call.Query("contenttype"));
        Assert.DoesNotContain("+", call.Uri.AbsoluteUri, StringComparison.Ordinal);
    });

    [Fact]
    public Task Random_takes_all_of_its_unsigned_32_bits_and_differs_from_call_to_call() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        using ChatTransport transport = Transport(service, clock);
        for (int i = 0; i < 300; i++)
        {
            Post(time, transport);
        }

        List<uint> randoms = [.. service.Calls.Select(call => uint.Parse(call.Query("random"), NumberStyles.None, CultureInfo.InvariantCulture))];
        Assert.True(randoms.Distinct().Count() >= 299);
        Assert.Contains(randoms, random => random > int.MaxValue);
        Assert.Contains(randoms, random => random <= int.MaxValue);
    });

    [Theory]
    [InlineData(204, TransportFault.NoAnswer)]
    [InlineData(206, TransportFault.NoAnswer)]
    [InlineData(500, TransportFault.NoAnswer)]
    [InlineData(502, TransportFault.NoAnswer)]
    [InlineData(503, TransportFault.NoAnswer)]
    [InlineData(504, TransportFault.NoAnswer)]
    [InlineData(408, TransportFault.NoAnswer)]
    [InlineData(429, TransportFault.Throttled)]
    [InlineData(400, TransportFault.RequestRefused)]
    [InlineData(403, TransportFault.RequestRefused)]
    [InlineData(404, TransportFault.RequestRefused)]
    [InlineData(413, TransportFault.RequestRefused)]
    [InlineData(401, TransportFault.Refused)]
    [InlineData(407, TransportFault.Refused)]
    [InlineData(301, TransportFault.Refused)]
    [InlineData(302, TransportFault.Refused)]
    [InlineData(307, TransportFault.Refused)]
    [InlineData(308, TransportFault.Refused)]
    public Task Another_status_than_200_is_no_answer_of_the_service(int status, object expected) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Status(status));
        using ChatTransport transport = Transport(service, clock);
        ChatTransportException fault = Assert.Throws<ChatTransportException>(() => Post(time, transport));
        Assert.Equal((TransportFault)expected, fault.Fault);
        Assert.Contains(status.ToString(CultureInfo.InvariantCulture), fault.Message, StringComparison.Ordinal);
        AssertTellsNoSecret(fault);
    });

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(503, "7", 7)]
    [InlineData(503, "date", 90)]
    public Task What_a_gateway_says_of_the_next_try_is_heard(int status, string after, int seconds) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ =>
        {
            HttpResponseMessage answer = Answers.Status(status);
            answer.Headers.RetryAfter = after == "date" ? new(clock.GetUtcNow() + TimeSpan.FromSeconds(90)) : new(TimeSpan.FromSeconds(int.Parse(after, CultureInfo.InvariantCulture)));
            return answer;
        });
        using ChatTransport transport = Transport(service, clock);
        ChatTransportException fault = Assert.Throws<ChatTransportException>(() => Post(time, transport));
        Assert.Equal((TransportFault.Throttled, TimeSpan.FromSeconds(seconds)), (fault.Fault, fault.RetryAfter));
    });

    [Fact]
    public Task A_proxy_that_requires_authentication_is_named() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Status(407));
        using ChatTransport transport = Transport(service, clock);
        Assert.Contains("proxy requires authentication", Assert.Throws<ChatTransportException>(() => Post(time, transport)).Message, StringComparison.Ordinal);
    });

    [Fact]
    public Task P9_a_redirect_is_not_followed() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ =>
        {
            HttpResponseMessage answer = Answers.Status(307);
            answer.Headers.Location = new Uri("https://elsewhere.example/?usersig=" + Sig);
            return answer;
        });
        using ChatTransport transport = Transport(service, clock);
        AssertTellsNoSecret(Assert.Throws<ChatTransportException>(() => Post(time, transport)));
        Assert.Equal("host.example", Assert.Single(service.Calls).Uri.Host);
    });

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, TransportFault.Unreachable)]
    [InlineData(HttpRequestError.ConnectionError, TransportFault.Unreachable)]
    [InlineData(HttpRequestError.SecureConnectionError, TransportFault.Unreachable)]
    [InlineData(HttpRequestError.ProxyTunnelError, TransportFault.Unreachable)]
    [InlineData(HttpRequestError.ResponseEnded, TransportFault.NoAnswer)]
    [InlineData(HttpRequestError.InvalidResponse, TransportFault.NoAnswer)]
    [InlineData(HttpRequestError.Unknown, TransportFault.NoAnswer)]
    public Task A_network_fault_says_whether_the_request_may_have_arrived(HttpRequestError error, object expected) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Task.FromException<HttpResponseMessage>(new HttpRequestException(error, "low-level words")));
        using ChatTransport transport = Transport(service, clock);
        ChatTransportException fault = Assert.Throws<ChatTransportException>(() => Post(time, transport));
        Assert.Equal((TransportFault)expected, fault.Fault);
        Assert.IsType<HttpRequestException>(fault.InnerException);
        AssertTellsNoSecret(fault);
    });

    [Theory]
    [InlineData("The remote certificate is invalid because of errors in the certificate chain: NotTimeValid, UntrustedRoot", "NotTimeValid, UntrustedRoot")]
    [InlineData("The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch", "RemoteCertificateNameMismatch")]
    [InlineData("Authentication failed, see inner exception.", "TLS")]
    public Task A_certificate_that_is_refused_is_refused_again_and_says_why(string inner, string words) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Task.FromException<HttpResponseMessage>(
            new HttpRequestException(HttpRequestError.SecureConnectionError, "The SSL connection could not be established.", new AuthenticationException(inner))));
        using ChatTransport transport = Transport(service, clock);
        ChatTransportException fault = Assert.Throws<ChatTransportException>(() => Post(time, transport));
        Assert.Equal(TransportFault.Refused, fault.Fault);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.Contains("host.example", fault.Message, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData(407, TransportFault.Refused)]
    [InlineData(403, TransportFault.Refused)]
    [InlineData(500, TransportFault.Unreachable)]
    [InlineData(502, TransportFault.Unreachable)]
    [InlineData(503, TransportFault.Unreachable)]
    public Task A_proxy_that_cannot_connect_just_now_is_another_thing_than_one_that_will_not(int status, object expected) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Task.FromException<HttpResponseMessage>(
            new HttpRequestException(HttpRequestError.ProxyTunnelError, "The proxy tunnel request failed.", statusCode: (System.Net.HttpStatusCode)status)));
        using ChatTransport transport = Transport(service, clock);
        Assert.Equal((TransportFault)expected, Assert.Throws<ChatTransportException>(() => Post(time, transport)).Fault);
    });

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.ConnectionError)]
    public Task A_proxy_that_is_not_there_is_named_and_not_the_service_and_keeps_the_host(HttpRequestError error) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Task.FromException<HttpResponseMessage>(new HttpRequestException(error)));
        using ChatTransport transport = Transport(service, clock, proxyOf: _ => new Uri("http://proxy.example:3128"));
        ChatTransportException fault = Assert.Throws<ChatTransportException>(() => Post(time, transport));
        Assert.Contains("proxy.example", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("host.example", fault.Message, StringComparison.Ordinal);
        Assert.Equal(s_host, transport.Host);
    });

    [Fact]
    public Task No_answer_in_time_is_a_time_out_that_may_have_arrived() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, Answers.NeverAsync);
        using ChatTransport transport = Transport(service, clock);
        ChatTransportException fault = Assert.Throws<ChatTransportException>(() => Post(time, transport));
        Assert.Equal(TimeSpan.FromSeconds(10), clock.Elapsed);
        Assert.Equal(TransportFault.NoAnswer, fault.Fault);
        Assert.Contains("10 seconds", fault.Message, StringComparison.Ordinal);
        AssertTellsNoSecret(fault);
    });

    [Fact]
    public Task The_time_out_covers_the_body_of_the_answer_too() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => new HttpResponseMessage { Content = new StreamContent(new FaultyStream([], endsWith: null)) });
        using ChatTransport transport = Transport(service, clock);
        Assert.Equal(TransportFault.NoAnswer, Assert.Throws<ChatTransportException>(() => Post(time, transport)).Fault);
        Assert.Equal(TimeSpan.FromSeconds(10), clock.Elapsed);
    });

    [Fact]
    public Task A_connection_that_could_not_be_made_in_time_has_surely_not_carried_the_request() => VirtualTime.RunAsync((time, clock) =>
    {
        // What the framework's handler throws when its own ConnectTimeout ends.
        using var service = new ScriptedService(clock, _ => Task.FromException<HttpResponseMessage>(
            new TaskCanceledException("connect", new TimeoutException("A connection could not be established within the configured ConnectTimeout."))));
        using ChatTransport transport = Transport(service, clock);
        ChatTransportException fault = Assert.Throws<ChatTransportException>(() => Post(time, transport));
        Assert.Equal(TransportFault.Unreachable, fault.Fault);
        Assert.Equal(TimeSpan.Zero, clock.Elapsed);
    });

    [Fact]
    public Task P8_giving_up_is_no_time_out() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, Answers.NeverAsync);
        using ChatTransport transport = Transport(service, clock);
        using var givingUp = new CancellationTokenSource();
        Task<ChatReply> post = transport.PostAsync(ChatEndpoints.ImGetAttrName, "{}"u8.ToArray(), Sig, new SecretMask(), givingUp.Token);
        VirtualTime.Settle();
        givingUp.Cancel();
        VirtualTime.Settle();
        Assert.True(post.IsCanceled);
        Assert.Null(clock.NextDue);
    });

    [Fact]
    public Task A_broken_body_is_a_transport_fault() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => new HttpResponseMessage
        {
            Content = new StreamContent(new FaultyStream("{\"ErrorCode\":"u8.ToArray(), new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely."))),
        });
        using ChatTransport transport = Transport(service, clock);
        ChatTransportException fault = Assert.Throws<ChatTransportException>(() => Post(time, transport));
        Assert.Equal(TransportFault.NoAnswer, fault.Fault);
        AssertTellsNoSecret(fault);
    });

    [Fact]
    public Task A_body_that_cannot_be_unpacked_is_a_protocol_fault() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => new HttpResponseMessage
        {
            Content = new StreamContent(new FaultyStream([], new InvalidDataException("The archive entry was compressed using an unsupported compression method."))),
        });
        using ChatTransport transport = Transport(service, clock);
        AssertTellsNoSecret(Assert.Throws<ChatProtocolException>(() => Post(time, transport)));
    });

    [Theory]
    [InlineData("""{"ErrorCode":0,"UserAttrs":[""")]
    [InlineData("<html>Login to the hotel's network</html>")]
    [InlineData("")]
    public Task A_truncated_or_foreign_body_is_a_protocol_fault(string body) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Json(body));
        using ChatTransport transport = Transport(service, clock);
        AssertTellsNoSecret(Assert.Throws<ChatProtocolException>(() => Post(time, transport)));
    });

    [Fact]
    public Task P9_an_answer_that_quotes_the_request_shows_no_signature() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => Answers.Json($"<html>{call.Uri.AbsoluteUri} is not here</html>"));
        using ChatTransport transport = Transport(service, clock);
        AssertTellsNoSecret(Assert.Throws<ChatProtocolException>(() => Post(time, transport)));
    });

    [Fact]
    public Task An_answer_of_2_megabytes_is_read_and_one_beyond_is_not() => VirtualTime.RunAsync((time, clock) =>
    {
        int length = 2 * 1024 * 1024;
        using var service = new ScriptedService(clock, _ => new HttpResponseMessage { Content = new StreamContent(new PaddedStream(length)) });
        using ChatTransport transport = Transport(service, clock);
        Assert.Equal(0, Post(time, transport).ErrorCode);
        length++;
        ChatProtocolException fault = Assert.Throws<ChatProtocolException>(() => Post(time, transport));
        Assert.Contains("2 MB", fault.Message, StringComparison.Ordinal);
        length = int.MaxValue;
        Assert.Throws<ChatProtocolException>(() => Post(time, transport));
    });

    [Fact]
    public Task The_backup_host_takes_over_when_the_first_name_cannot_be_resolved() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Uri.Host == s_host.Host ? Answers.NotResolvedAsync(call) : Task.FromResult(Answers.Ok()));
        using ChatTransport transport = Transport(service, clock);
        Assert.Equal(s_host, transport.Host);
        ChatTransportException fault = Assert.Throws<ChatTransportException>(() => Post(time, transport));
        Assert.Equal(TransportFault.Unreachable, fault.Fault);
        Assert.Contains("host.example", fault.Message, StringComparison.Ordinal);
        Assert.Equal(s_backup, transport.Host);
        Assert.Equal(0, Post(time, transport).ErrorCode);
    });

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    [InlineData(HttpRequestError.ResponseEnded)]
    public Task Other_faults_keep_the_first_host(HttpRequestError error) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Task.FromException<HttpResponseMessage>(new HttpRequestException(error)));
        using ChatTransport transport = Transport(service, clock);
        Assert.Throws<ChatTransportException>(() => Post(time, transport));
        Assert.Equal(s_host, transport.Host);
    });

    [Fact]
    public Task Both_host_names_are_tried_in_turn() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, Answers.NotResolvedAsync);
        using ChatTransport transport = Transport(service, clock);
        for (int i = 0; i < 3; i++)
        {
            Assert.Throws<ChatTransportException>(() => Post(time, transport));
        }

        Assert.Equal(["host.example", "backup.example", "host.example"], service.Calls.Select(call => call.Uri.Host));
    });

    private static ChatTransport Transport(HttpMessageHandler service, FakeClock clock, string admin = "administrator", Func<Uri, Uri?>? proxyOf = null) =>
        new(service, [s_host, s_backup], proxyOf ?? (_ => null), 1400000000, admin, TimeSpan.FromSeconds(10), clock);

    private static ChatReply Post(VirtualTime time, ChatTransport transport) =>
        time.Await(transport.PostAsync(ChatEndpoints.ImGetAttrName, "{}"u8.ToArray(), Sig, new SecretMask(), CancellationToken.None));

    private static void AssertTellsNoSecret(Exception fault)
    {
        Assert.DoesNotContain(Sig[3..20], fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Uri.EscapeDataString(Sig)[..20], fault.ToString(), StringComparison.Ordinal);
    }
}
