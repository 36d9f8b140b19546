using System.CommandLine;
using System.Text.RegularExpressions;
using TencentChat.Emulator.Faults;
using TencentChat.Emulator.Host;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

/// <summary>docs/emulator.md says what the code does.</summary>
public sealed partial class DocumentTests
{
    private static readonly string s_folder = FindFolder();
    private static readonly string[] s_lines = File.ReadAllLines(Path.Combine(s_folder, "emulator.md"));

    private static readonly string[] s_controls = ["journal", "codes", "pushes", "stats", "accounts", "account?id", "state", "faults", "clock", "reset"];

    [Fact]
    public void The_table_of_open_questions_is_the_class_line_by_line()
    {
        IEnumerable<string> expected = Assumption.All.Select(a => $"| `{a.Name}` | `{a.Default}` | {a.Values.Replace(" | ", ", ", StringComparison.Ordinal)} | {a.About.Question} | {a.About.Reason} |");
        Assert.Equal(expected, TableUnder("| Question | Default |"));
        Assert.Equal(typeof(OpenQuestions).GetProperties().Length, Assumption.All.Count);
    }

    [Fact]
    public void The_table_of_options_names_each_option_of_the_command_line()
    {
        IEnumerable<Option> usual = HostCommand.Create(new CommandLineOptions()).Options.Where(option => option is not (System.CommandLine.Help.HelpOption or System.CommandLine.VersionOption));
        Assert.Equal(usual.Select(option => option.Name), TableUnder("| Option | Default |").Select(row => Code().Match(row).Groups[1].Value));
    }

    [Fact]
    public void The_table_of_faults_names_each_kind_and_whether_its_work_is_done()
    {
        var rows = TableUnder("| Kind | Work done? |").SelectMany(row =>
        {
            string[] cells = row.Split('|');
            return Code().Matches(cells[1]).Select(code => (Fault: Fault.Parse($"*:{code.Groups[1].Value}:1"), WorkDone: cells[2].Trim() == "yes"));
        }).ToList();
        Assert.Equal(Enum.GetValues<FaultKind>(), rows.Select(row => row.Fault.Kind).Distinct().Order());
        Assert.All(rows, row =>
        {
            using var harness = new Harness(options => options.Faults = [row.Fault]);
            var request = new EmulatorRequest("POST", Harness.Login + "account_import", harness.Query(), """{"UserID":"u"}"""u8.ToArray());
            _ = harness.Emulator.ProcessAsync(request, TestContext.Current.CancellationToken).AsTask();
            Assert.Equal(row.Fault.KindText, Assert.Single(harness.Emulator.Journal.Entries).Fault);
            Assert.Equal(row.WorkDone, harness.Emulator.State.HasAccount("u"));
        });
    }

    [Fact]
    public void Each_command_and_each_control_is_named()
    {
        string text = string.Join('\n', s_lines);
        Assert.All(EndpointTable.All, endpoint => Assert.Contains($"`{endpoint.Name}`", text, StringComparison.Ordinal));
        Assert.All(s_controls, name => Assert.Contains($"/_emulator/{name}", text, StringComparison.Ordinal));
        Assert.Contains(CommandLineOptions.KeyVariable, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_picture_is_there() =>
        Assert.All(s_lines.SelectMany(line => Picture().Matches(line)), match => Assert.True(File.Exists(Path.Combine(s_folder, match.Groups[1].Value))));

    private static IEnumerable<string> TableUnder(string head) =>
        s_lines.SkipWhile(line => !line.StartsWith(head, StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'));

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "docs", "emulator.md")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new FileNotFoundException("docs/emulator.md"), "docs");
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"!\[[^\]]*\]\(([^)]+)\)")]
    private static partial Regex Picture();
}
