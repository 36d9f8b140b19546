using System.Text.RegularExpressions;

namespace TencentChat.Tests.House;

/// <summary>tests/README.md says where each cmdlet is tested.</summary>
public sealed partial class TestIndexTests
{
    private static readonly string s_tests = Path.Combine(Repository.Root, "tests");
    private static readonly string s_index = File.ReadAllText(Path.Combine(s_tests, "README.md"));

    [Fact]
    public void Every_cmdlet_has_a_line_with_files_that_name_it()
    {
        var lines = CmdletLine().Matches(s_index).ToDictionary(line => line.Groups[1].Value, line => Files(line.Groups[2].Value));
        string[] cmdlets = [.. CmdletName().Matches(Exported()).Select(match => match.Value)];
        Assert.True(cmdlets.Length > 10);
        Assert.Equal(cmdlets.Order(StringComparer.Ordinal), lines.Keys.Order(StringComparer.Ordinal));
        Assert.All(lines, line =>
        {
            Assert.NotEmpty(line.Value);
            Assert.All(line.Value, file => Assert.Contains(line.Key, File.ReadAllText(PathOf(file)), StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Every_file_that_it_names_is_there()
    {
        string[] files = Files(s_index);
        Assert.True(files.Length > 20);
        Assert.All(files, file => Assert.True(File.Exists(PathOf(file)), $"There is no {file}."));
    }

    private static string Exported()
    {
        string manifest = File.ReadAllText(Path.Combine(Repository.Root, "TencentChat.psd1"));
        int start = manifest.IndexOf("CmdletsToExport", StringComparison.Ordinal);
        return manifest[start..manifest.IndexOf("FunctionsToExport", StringComparison.Ordinal)];
    }

    private static string[] Files(string text) => [.. FileName().Matches(text).Select(match => match.Value)];

    private static string PathOf(string file) => Path.Combine(s_tests, "Pester", file);

    [GeneratedRegex(@"^\| `([A-Z]\w+-\w+)` \| (.+) \|$", RegexOptions.Multiline)]
    private static partial Regex CmdletLine();

    [GeneratedRegex(@"\b[A-Z]\w+-Chat\w*\b")]
    private static partial Regex CmdletName();

    [GeneratedRegex(@"\b\w+\.Tests\.ps1\b")]
    private static partial Regex FileName();
}
