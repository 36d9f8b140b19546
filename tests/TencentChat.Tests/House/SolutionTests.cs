using System.Text.Json;
using System.Xml.Linq;

namespace TencentChat.Tests.House;

/// <summary>What an editor and the SDK read at the root of the repository.</summary>
public sealed class SolutionTests
{
    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "TencentChat.PowerShell.sln")).Replace('\\', '/');
        string[] projects = [.. Projects("src"), .. Projects("tests"), .. Projects("samples")];
        Assert.True(projects.Length > 8);
        Assert.All(projects, project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void The_sdk_is_any_of_the_major_version_that_the_tests_target()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "global.json")));
        JsonElement sdk = file.RootElement.GetProperty("sdk");
        var project = XDocument.Load(Path.Combine(Repository.Root, "tests", "TencentChat.Tests", "TencentChat.Tests.csproj"));
        Assert.Equal($"{project.Descendants("TargetFramework").Single().Value["net".Length..]}.100", sdk.GetProperty("version").GetString());
        Assert.Equal("latestMinor", sdk.GetProperty("rollForward").GetString());
    }

    private static IEnumerable<string> Projects(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'));
}
