using System.Diagnostics;
using System.Text;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

/// <summary>What a million accounts cost. Run on demand, as times on a shared machine prove nothing.</summary>
public sealed class ThroughputTests
{
    private const string Switch = "TENCENTCHAT_EMULATOR_BENCH";

    [Fact]
    public async Task A_million_accounts_are_set_read_and_deleted()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(Switch) is null, $"Set {Switch} to measure.");
        var emulator = new ChatEmulator(new EmulatorOptions { SecretKey = TestSig.Key, AttributeNames = ["sex", "city", "level"], RateLimit = 0, JournalAccounts = false });
        string query = $"sdkappid=1400000000&identifier=administrator&random=1&contenttype=json&usersig={TestSig.Make(time: DateTimeOffset.UtcNow.ToUnixTimeSeconds())}";
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await Measure("im_set_attr", "/v4/all_member_push/im_set_attr", "UserAttrs", i => $$"""{"To_Account":"user_{{i:0000000}}","Attrs":{"sex":"{{i % 2}}","city":"city {{i % 5000}}","level":"{{i % 100}}"} }""");
        TestContext.Current.TestOutputHelper!.WriteLine($"state: {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1024 / 1024} MiB");
        await Measure("im_get_attr", "/v4/all_member_push/im_get_attr", "To_Account", i => $"\"user_{i:0000000}\"");
        await Measure("account_delete", "/v4/im_open_login_svc/account_delete", "DeleteItem", i => $$"""{"UserID":"user_{{i:0000000}}"}""");
        Assert.Equal(1, emulator.State.AccountCount);

        async Task Measure(string name, string path, string list, Func<int, string> item)
        {
            var bodies = Enumerable.Range(0, 10_000).Select(call => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(
                $$"""{"{{list}}":[{{string.Join(',', Enumerable.Range(call * 100, 100).Select(item))}}]}""")).ToList();
            using var process = Process.GetCurrentProcess();
            TimeSpan processor = process.TotalProcessorTime;
            long start = Stopwatch.GetTimestamp();
            foreach (ReadOnlyMemory<byte> body in bodies)
            {
                EmulatorReply reply = await emulator.ProcessAsync(new EmulatorRequest("POST", path, query, body), TestContext.Current.CancellationToken);
                Assert.Equal(200, reply.HttpStatus);
            }

            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            process.Refresh();
            processor = process.TotalProcessorTime - processor;
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{name}: {10_000 / elapsed.TotalSeconds:0} calls/s of 100 accounts, one after the other; {processor.TotalMilliseconds / 10:0} us of processor time a call, garbage collection included");
        }
    }
}
