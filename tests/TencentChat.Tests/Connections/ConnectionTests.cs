using System.Text;
using TencentChat.Bulk;
using TencentChat.Calls;
using TencentChat.Errors;
using TencentChat.Operations.Attributes;
using TencentChat.Signing;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Connections;

/// <summary>One connection: its options, its names, its single calls, and what its runs share (P4).</summary>
[Collection(VirtualTime.Collection)]
public sealed class ConnectionTests
{
    [Theory]
    [InlineData("http://example.com/")]
    [InlineData("http://10.0.0.1:5080/")]
    [InlineData("http://127.0.0.1.example.com/")]
    [InlineData("http://localhost.example.com/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("file:///etc/hosts")]
    [InlineData("https://user:password@example.com/")]
    [InlineData("https://example.com/prefix/")]
    [InlineData("https://example.com/?x=1")]
    [InlineData("/relative")]
    public void P9_an_endpoint_that_would_show_the_signature_or_is_no_host_is_refused(string endpoint)
    {
        ChatConfigurationException fault = Assert.Throws<ChatConfigurationException>(() => Connect(options => options with { Endpoint = new Uri(endpoint, UriKind.RelativeOrAbsolute) }));
        Assert.DoesNotContain("password", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://localhost:5080/")]
    [InlineData("http://[::1]:5080/")]
    [InlineData("https://example.com")]
    public void Plain_http_goes_to_this_machine_only_and_https_anywhere(string endpoint)
    {
        using ChatConnection connection = Connect(options => options with { Endpoint = new Uri(endpoint) });
        Assert.Equal(new Uri(endpoint), connection.Host);
        Assert.Null(connection.Region);
    }

    [Fact]
    public void P9_plain_http_to_another_machine_takes_an_option_of_its_own_which_allows_nothing_else()
    {
        var endpoint = new Uri("http://10.0.0.1:5080/");
        using ChatConnection connection = Connect(options => options with { Endpoint = endpoint, AllowUnencrypted = true });
        Assert.Equal(endpoint, connection.Host);
        Assert.All(
            ["ftp://10.0.0.1/", "http://user:password@10.0.0.1/", "http://10.0.0.1/prefix/"],
            other => Assert.Throws<ChatConfigurationException>(() => Connect(options => options with { Endpoint = new Uri(other), AllowUnencrypted = true })));
    }

    [Fact]
    public void A_connection_tells_whether_it_is_an_emulator_and_whether_it_can_sign()
    {
        using var handler = new HttpClientHandler();
        using ChatConnection emulated = Connect(options => options with { Handler = handler });
        using var given = new ChatConnection(new ChatConnectionOptions { SdkAppId = 1400000000 }, UserSigSource.FromSignature("administrator", "made-up"));
        Assert.True(emulated.IsEmulator);
        Assert.True(emulated.Signature.CanSign);
        Assert.False(given.IsEmulator);
        Assert.False(given.Signature.CanSign);
        Assert.Equal(10, given.TimeoutSec);
    }

    [Theory]
    [InlineData("proxy:3128")]
    [InlineData("127.0.0.1:3128")]
    [InlineData("localhost:3128")]
    [InlineData("ftp://proxy:21")]
    [InlineData("file:///etc/hosts")]
    [InlineData("http://proxy:8080/path")]
    [InlineData("http://proxy:8080/?x=1")]
    [InlineData("socks5://proxy")]
    public void P10_a_proxy_that_is_none_is_told_in_a_sentence(string proxy)
    {
        ChatConfigurationException fault = Assert.Throws<ChatConfigurationException>(() => Connect(options => options with { Proxy = new Uri(proxy, UriKind.RelativeOrAbsolute) }));
        Assert.StartsWith("The proxy must be ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://proxy:8080")]
    [InlineData("https://proxy:8443/")]
    [InlineData("socks4://proxy:1080")]
    [InlineData("socks4a://proxy:1080")]
    [InlineData("socks5://proxy:1080")]
    [InlineData("http://user:pass%20word@proxy:8080")]
    public void A_proxy_may_be_any_that_the_framework_knows(string proxy) => Connect(options => options with { Proxy = new Uri(proxy) }).Dispose();

    [Theory]
    [InlineData("http://proxy.example:8080")]
    [InlineData("http://10.0.0.1:8080")]
    public void P9_plain_http_goes_through_no_proxy_that_others_read(string proxy)
    {
        Assert.Contains("signature", Assert.Throws<ChatConfigurationException>(() => Connect(options => options with
        {
            Endpoint = new Uri("http://127.0.0.1:5080"),
            Proxy = new Uri(proxy),
        })).Message, StringComparison.Ordinal);
        Connect(options => options with { Endpoint = new Uri("http://127.0.0.1:5080"), Proxy = new Uri("http://127.0.0.1:8888") }).Dispose();
        Connect(options => options with { Proxy = new Uri(proxy) }).Dispose();
    }

    [Fact]
    public void Credentials_for_a_proxy_are_given_once()
    {
        ChatConfigurationException fault = Assert.Throws<ChatConfigurationException>(() => Connect(options => options with
        {
            Proxy = new Uri("http://user:hidden@proxy.example:8080"),
            ProxyCredentials = new System.Net.NetworkCredential("other", "secret"),
        }));
        Assert.DoesNotContain("hidden", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void P9_options_do_not_show_what_is_in_a_proxys_address()
    {
        var options = new ChatConnectionOptions { SdkAppId = 1400000000, Proxy = new Uri("http://user:hidden@proxy.example:8080") };
        Assert.Equal("1400000000 (China)", options.ToString());
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.Throws<ChatConfigurationException>(() => Connect(options => options with { SdkAppId = 0 }));
        Assert.Throws<ChatConfigurationException>(() => Connect(options => options with { SdkAppId = -1 }));
        Assert.Throws<ChatConfigurationException>(() => Connect(options => options with { Timeout = TimeSpan.FromSeconds(3) }));
        Assert.Throws<ChatConfigurationException>(() => Connect(options => options with { CallsPerSecond = 0 }));
        Assert.Throws<ChatConfigurationException>(() => Connect(options => options with { CallsPerSecond = double.NaN }));
        Assert.Throws<ChatConfigurationException>(() => Connect(options => options with { Retry = new RetryPolicy { MaxRetry = -1 } }));
        Assert.Throws<ChatConfigurationException>(() => Connect(options => options with { Retry = new RetryPolicy { MaxRetry = 21 } }));
        Assert.Throws<ChatConfigurationException>(() => Connect(options => options with { Retry = new RetryPolicy { BaseDelay = TimeSpan.FromSeconds(-1) } }));
        Assert.Throws<ChatConfigurationException>(() => Connect(options => options with { Retry = new RetryPolicy { MaxDelay = TimeSpan.FromSeconds(0.1) } }));
        Assert.Throws<ChatConfigurationException>(() => Connect(options => options with { Retry = new RetryPolicy { TotalTime = TimeSpan.FromSeconds(-1) } }));
    }

    [Fact]
    public void A_run_with_options_that_make_no_sense_does_not_begin()
    {
        using ChatConnection connection = Connect(options => options);
        Assert.Throws<ChatConfigurationException>(() => connection.DeleteAccountsAsync([], new BulkOptions { BatchSize = 0 }, TestContext.Current.CancellationToken));
        Assert.Throws<ChatConfigurationException>(() => connection.DeleteAccountsAsync([], new BulkOptions { ThrottleLimit = 0 }, TestContext.Current.CancellationToken));
        Assert.Throws<ChatConfigurationException>(() => connection.DeleteAccountsAsync([], new BulkOptions { Linger = TimeSpan.Zero }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void No_run_begins_on_a_connection_that_was_closed()
    {
        ChatConnection connection = Connect(options => options);
        connection.Dispose();
        Assert.Throws<ObjectDisposedException>(() => connection.DeleteAccountsAsync([], null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void P9_nothing_that_can_be_printed_holds_a_secret()
    {
        byte[] key = Encoding.UTF8.GetBytes(Lab.Key);
        using ChatConnection connection = Connect(options => options with { Proxy = new Uri("http://p:proxy-password@proxy.example:8080") });
        using var source = UserSigSource.FromKey(1400000000, "administrator", key);
        string sig = source.Get(DateTimeOffset.UnixEpoch);
        string printed = string.Join('\n', connection.GetType().GetProperties().Select(property => property.GetValue(connection))
            .Append(connection).Append(source).Append(connection.Options).Append(UserSigSource.FromSignature("administrator", sig)));
        Assert.Contains("administrator@1400000000 (console.tim.qq.com)", printed, StringComparison.Ordinal);
        Assert.All([Lab.Key[..12], sig[..20], "proxy-password"], secret => Assert.DoesNotContain(secret, printed, StringComparison.Ordinal));
    }

    [Fact]
    public Task P4_runs_on_one_connection_share_the_pace_of_an_endpoint_repeats_counted() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number % 10 == 0 ? Answers.Code(91000) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> first = lab.Start(lab.Set, new BulkOptions { BatchSize = 1 });
        using BulkRun<AttributeRow> second = lab.Start(lab.Set, new BulkOptions { BatchSize = 1 });
        IEnumerable<AttributeRow> others = Rows.Set(200).ConvertAll(row => Rows.Set(row.Row, row.UserId, ("city", "Rome")));
        (List<ChatResult> one, List<ChatResult> other) = lab.FinishTogether(first, Rows.Set(200), second, others);
        Assert.Equal((200, 200), (one.Count, other.Count));
        TimeSpan[] starts = [.. service.Calls.Select(call => call.At)];
        Assert.InRange(starts.Length, 440, 450);
        Assert.All(starts.Zip(starts.Skip(100)), window => Assert.True(window.Second - window.First >= TimeSpan.FromSeconds(1)));
        Assert.InRange(starts[399].TotalSeconds, 4, 4.6);
    });

    [Fact]
    public Task P4_each_endpoint_has_a_rate_limiter_of_its_own() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Endpoint == "im_get_attr" ? Answers.Attributes(call.Accounts) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        using BulkRun<AttributeRow> set = lab.Start(lab.Set, new BulkOptions { BatchSize = 1 });
        using BulkRun<UserAttributesResult> get = lab.Start(lab.Get, new BulkOptions { BatchSize = 1 });
        lab.FinishTogether(set, Rows.Set(100), get, Rows.Get(100));
        Assert.InRange(clock.Elapsed.TotalSeconds, 1, 1.5);
    });

    [Fact]
    public Task Names_are_remembered_for_as_long_as_the_caller_allows() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Endpoint == "im_get_attr_name" ? Answers.Names("city", "sex") : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        AttributeNameTable names = time.Await(NamesAsync(lab, TimeSpan.FromMinutes(5)));
        Assert.Equal(["city", "sex"], names.Names);
        Assert.True(names.Contains("city"));
        Assert.False(names.Contains("City"));
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Same(names, time.Await(NamesAsync(lab, TimeSpan.FromMinutes(5))));
        Assert.Same(names, lab.Connection.Names.Known);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotSame(names, time.Await(NamesAsync(lab, TimeSpan.FromMinutes(5))));
        time.Await(Then(lab.Connection.SetAttributeNamesAsync(new Dictionary<int, string> { [3] = "level" }, cancellationToken: TestContext.Current.CancellationToken)));
        Assert.Null(lab.Connection.Names.Known);
        Assert.Equal("""{"AttrNames":{"3":"level"}}""", service.Calls[^1].Body);
    });

    [Fact]
    public Task Names_that_many_ask_for_at_once_cost_one_call() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => Answers.LaterAsync(clock, call, TimeSpan.FromSeconds(1), () => Answers.Names("city")));
        using var lab = new Lab(time, clock, service);
        Task<AttributeNameTable[]> all = Task.WhenAll(Enumerable.Range(0, 20).Select(_ => NamesAsync(lab, TimeSpan.FromSeconds(5))));
        Assert.Single(time.Await(all).Distinct());
        Assert.Single(service.Calls);
    });

    [Fact]
    public Task P6_a_single_call_is_repeated_and_ends_with_the_services_error() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number <= 2 ? Answers.Code(60007) : call.Number == 3 ? Answers.Code(70001) : Answers.Code(60010, "not an admin"));
        using var lab = new Lab(time, clock, service);
        ChatServiceException fault = Assert.Throws<ChatServiceException>(() => time.Await(Then(lab.Connection.CheckAsync(TestContext.Current.CancellationToken))));
        Assert.Equal((60010, "not an admin"), (fault.Error.Code, fault.ErrorInfo));
        Assert.Equal(4, service.Calls.Count);
        Assert.Equal(["administrator"], service.Calls[0].Accounts);
        Assert.DoesNotContain(service.Calls[0].Query("usersig")[..20], fault.ToString(), StringComparison.Ordinal);
    });

    [Fact]
    public Task P6_a_single_call_is_bounded_in_tries_and_time() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, Answers.NeverAsync);
        using var lab = new Lab(time, clock, service);
        Assert.Equal("NoAnswer", Assert.Throws<ChatServiceException>(() => time.Await(NamesAsync(lab, TimeSpan.Zero))).Error.ErrorId);
        Assert.InRange(service.Calls.Count, 5, 7);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(130));
    });

    [Fact]
    public Task P6_the_check_of_a_new_connection_does_not_keep_anybody_waiting() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, Answers.BrokenAsync);
        using var lab = new Lab(time, clock, service);
        Assert.Equal("NoAnswer", Assert.Throws<ChatServiceException>(() => time.Await(Then(lab.Connection.CheckAsync(TestContext.Current.CancellationToken)))).Error.ErrorId);
        Assert.InRange(service.Calls.Count, 3, 5);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
    });

    [Fact]
    public Task P8_a_single_call_ends_when_its_caller_gives_up() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Code(91000));
        using var lab = new Lab(time, clock, service);
        using var givingUp = new CancellationTokenSource();
        Task check = lab.Connection.CheckAsync(givingUp.Token);
        time.Advance(TimeSpan.FromSeconds(0.2));
        givingUp.Cancel();
        VirtualTime.Settle();
        Assert.True(check.IsCanceled);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(service.Calls);
    });

    [Fact]
    public Task The_backup_host_of_the_region_serves_a_run_whose_first_host_has_no_address() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Uri.Host == "console.tim.qq.com" ? Answers.NotResolvedAsync(call) : Task.FromResult(Answers.Ok()));
        using var lab = new Lab(time, clock, service);
        Assert.All(lab.Run(lab.Set, Rows.Set(250)), row => Assert.Equal((ChatResultStatus.Succeeded, true), (row.Status, row.Attempts <= 2)));
        Assert.Equal("adminapi.my-imcloud.com", lab.Connection.Host.Host);
    });

    [Fact]
    public async Task A_closed_connection_makes_no_calls()
    {
        ChatConnection connection = Connect(options => options);
        Assert.False(connection.IsClosed);
        connection.Dispose();
        connection.Dispose();
        Assert.True(connection.IsClosed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => connection.CheckAsync(TestContext.Current.CancellationToken));
    }

    private static ChatConnection Connect(Func<ChatConnectionOptions, ChatConnectionOptions> change) =>
        new(change(new ChatConnectionOptions { SdkAppId = 1400000000, Retry = new RetryPolicy() }), UserSigSource.FromKey(1400000000, "administrator", Encoding.UTF8.GetBytes(Lab.Key)));

    private static Task<AttributeNameTable> NamesAsync(Lab lab, TimeSpan notOlderThan) =>
        lab.Connection.GetAttributeNamesAsync(notOlderThan, TestContext.Current.CancellationToken);

    private static async Task<bool> Then(Task task)
    {
        await task.ConfigureAwait(false);
        return true;
    }
}
