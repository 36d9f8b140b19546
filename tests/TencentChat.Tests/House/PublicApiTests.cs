using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace TencentChat.Tests.House;

/// <summary>
/// What others may build on is written down, one file per assembly: who changes it sees that, and means it. The new text is
/// beside the tests' assembly as <c>PublicApi/[assembly].txt</c>, to be copied over the old one.
/// </summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("TencentChat")]
    [InlineData("TencentChat.Emulator")]
    [InlineData("TencentChat.PowerShell")]
    public void The_public_surface_is_as_it_is_written_down(string assembly)
    {
        using PEReader file = Repository.OpenBuilt(assembly, "net8.0");
        string[] actual = [.. new PublicSurface(file.GetMetadataReader()).Lines()];
        string expectedPath = Path.Combine(Repository.Root, "tests", "TencentChat.Tests", "House", "PublicApi", assembly + ".txt");
        string actualPath = Path.Combine(AppContext.BaseDirectory, "PublicApi", assembly + ".txt");
        Directory.CreateDirectory(Path.GetDirectoryName(actualPath)!);
        File.WriteAllText(actualPath, string.Join('\n', actual) + '\n');

        string[] expected = File.Exists(expectedPath) ? File.ReadAllLines(expectedPath) : [];
        Assert.True(expected.SequenceEqual(actual), $"The public surface of {assembly} is another one. If it is meant, copy\n{actualPath}\nover\n{expectedPath}\n\n{Difference(expected, actual)}");
    }

    [Fact]
    public void The_difference_names_the_type_that_a_member_belongs_to() => Assert.Equal(
        "class A\n+    int Added\n-    int Gone\n+ class B",
        Difference(["class A", "    int Gone", "    int Kept"], ["class A", "    int Added", "    int Kept", "class B"]));

    private static string Difference(string[] expected, string[] actual)
    {
        HashSet<string> before = [.. Qualified(expected)];
        HashSet<string> now = [.. Qualified(actual)];
        string[] either = [.. before.Union(now).Where(line => before.Contains(line) != now.Contains(line)).Order(StringComparer.Ordinal)];
        var lines = new List<string>();
        string type = string.Empty;
        foreach (string line in either)
        {
            string[] parts = line.Split('\n');
            string sign = now.Contains(line) ? "+" : "-";
            if (parts.Length == 2 && parts[0] != type)
            {
                lines.Add(parts[0]);
                type = parts[0];
            }

            lines.Add(parts.Length == 1 ? $"{sign} {line}" : sign + parts[1]);
        }

        return string.Join('\n', lines);
    }

    // A member by itself may stand under many types.
    private static IEnumerable<string> Qualified(string[] lines)
    {
        string type = string.Empty;
        foreach (string line in lines)
        {
            bool isMember = line.StartsWith(' ');
            type = isMember ? type : line;
            yield return isMember ? $"{type}\n{line}" : line;
        }
    }
}
