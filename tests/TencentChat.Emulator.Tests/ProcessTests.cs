using System.Diagnostics;
using System.Globalization;
using System.Text;
using TencentChat.Emulator.Host;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

/// <summary>The emulator as a process of its own.</summary>
public sealed class ProcessTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task It_says_where_it_is_and_ends_with_code_0_when_told_to(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals to send on Windows.");
        Assert.SkipWhen(signal == "INT" && IsInterruptIgnored(), "Whoever started these tests ignores the signal, as a script does for what it runs in the background, and so does what they start.");
        using var host = HostProcess.Start(TestSig.Key, "--attribute-names", "city");
        Uri endpoint = await host.ReadEndpoint();
        using HttpClient client = RunningServer.MakeClient(endpoint);
        Assert.Contains("\"ErrorCode\":0", await Call(client), StringComparison.Ordinal);
        await host.Signal(signal);
        Assert.Equal(0, await host.WaitForEnd());
        Assert.DoesNotContain(TestSig.Key, await host.AllOutput(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_with_code_0_though_a_caller_waits_for_an_answer_that_never_comes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals to send on Windows.");
        using var host = HostProcess.Start(TestSig.Key, "--fault", "*:hang:1");
        using HttpClient client = RunningServer.MakeClient(await host.ReadEndpoint());
        Task<string> waiting = Call(client);
        while ((await client.GetStringAsync("/_emulator/journal", TestContext.Current.CancellationToken)).Contains("\"Count\":0", StringComparison.Ordinal))
        {
            await Task.Yield();
        }

        await host.Signal("TERM");
        Assert.Equal(0, await host.WaitForEnd());
        await Assert.ThrowsAsync<HttpRequestException>(() => waiting);
    }

    [Fact]
    public async Task Without_a_key_it_makes_one_up_and_shows_it_in_what_is_to_be_pasted()
    {
        using var host = HostProcess.Start(null);
        Uri endpoint = await host.ReadEndpoint();
        List<string> lines = await host.ReadToConnectLine();
        Assert.Equal([$"Page and control: {endpoint}_emulator/", "", "Paste this into PowerShell to connect. The key was made up for this run:"], lines[..3]);
        Assert.Matches(@"^\$key = '[0-9a-f]{64}'$", lines[3]);
        Assert.Equal("$key = ConvertTo-SecureString $key -AsPlainText", lines[4]);
        Assert.Equal($"Connect-Chat 1400000000 -SecretKey $key -Endpoint {endpoint.GetLeftPart(UriPartial.Authority)}", lines[^1]);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 79));
    }

    [Fact]
    public async Task A_key_that_was_given_is_not_shown_but_asked_for()
    {
        using var host = HostProcess.Start(TestSig.Key);
        Uri endpoint = await host.ReadEndpoint();
        List<string> lines = await host.ReadToConnectLine();
        Assert.Equal(["Paste this into PowerShell to connect. It asks for the secret key:", $"Connect-Chat 1400000000 -Endpoint {endpoint.GetLeftPart(UriPartial.Authority)}"], lines[^2..]);
    }

    [Fact]
    public async Task A_port_that_is_taken_ends_with_a_message_and_code_1()
    {
        await using RunningServer other = await RunningServer.Start();
        using var host = HostProcess.Start(TestSig.Key, "--port", other.Endpoint.Port.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(1, await host.WaitForEnd());
        Assert.Contains("address already in use", await host.AllOutput(), StringComparison.OrdinalIgnoreCase);
    }

    // Told by Linux alone.
    private static bool IsInterruptIgnored()
    {
        const string Field = "SigIgn:";
        const ulong Interrupt = 1UL << (2 - 1);
        const string Status = "/proc/self/status";
        string? line = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal)) : null;
        return line is not null && (ulong.Parse(line[Field.Length..], NumberStyles.HexNumber | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture) & Interrupt) != 0;
    }

    private static async Task<string> Call(HttpClient client)
    {
        string sig = TestSig.Make(time: DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        using HttpResponseMessage response = await client.PostAsync(
            $"/v4/all_member_push/im_get_attr_name?sdkappid=1400000000&identifier=administrator&usersig={sig}&random=1&contenttype=json", new StringContent("{}"));
        return await response.Content.ReadAsStringAsync();
    }

    private sealed class HostProcess : IDisposable
    {
        private readonly Process _process;
        private readonly Task<string> _errors;
        private readonly StringBuilder _read = new();

        private HostProcess(Process process)
        {
            _process = process;
            _errors = process.StandardError.ReadToEndAsync();
        }

        public static HostProcess Start(string? key, params string[] arguments)
        {
            var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            start.ArgumentList.Add(typeof(HostCommand).Assembly.Location);
            // Given twice, the port that comes last would be refused: it is any free one unless the test says which.
            string[] port = arguments.Contains("--port") ? [] : ["--port", "0"];
            foreach (string? argument in port.Concat(arguments))
            {
                start.ArgumentList.Add(argument);
            }

            start.Environment[CommandLineOptions.KeyVariable] = key ?? "";
            return new HostProcess(Process.Start(start)!);
        }

        public async Task<string> ReadLine()
        {
            string line = await _process.StandardOutput.ReadLineAsync().WaitAsync(s_patience) ?? throw new InvalidOperationException(await _errors);
            _read.AppendLine(line);
            return line;
        }

        /// <summary>The lines up to the first that connects.</summary>
        public async Task<List<string>> ReadToConnectLine()
        {
            var lines = new List<string>();
            do
            {
                lines.Add(await ReadLine());
            }
            while (!lines[^1].StartsWith("Connect-Chat", StringComparison.Ordinal));
            return lines;
        }

        public async Task<Uri> ReadEndpoint()
        {
            string[] words = (await ReadLine()).Split(' ');
            return new Uri(words.First(word => word.StartsWith("http://127.0.0.1:", StringComparison.Ordinal)));
        }

        public async Task Signal(string name)
        {
            using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync().WaitAsync(s_patience);
            Assert.Equal(0, kill.ExitCode);
        }

        public async Task<int> WaitForEnd()
        {
            await _process.WaitForExitAsync().WaitAsync(s_patience);
            return _process.ExitCode;
        }

        public async Task<string> AllOutput() => _read.ToString() + await _process.StandardOutput.ReadToEndAsync() + await _errors;

        public void Dispose()
        {
            if (!_process.HasExited)
            {
                _process.Kill();
            }

            _process.Dispose();
        }
    }
}
