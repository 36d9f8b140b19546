using System.Reflection;
using System.Reflection.PortableExecutable;

namespace TencentChat.Tests.House;

/// <summary>Where the sources and what was built of them lie.</summary>
internal static class Repository
{
    // bin/<configuration>/<framework> below the project of the tests.
    private static readonly DirectoryInfo s_output = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    public static string Root { get; } = FindRoot();

    public static string Sources => Path.Combine(Root, "src");

    /// <summary>The folder of the framework's own assemblies.</summary>
    public static string Framework { get; } = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>Every source file of a project, or of all.</summary>
    public static IEnumerable<string> SourceFiles(string project = "") =>
        Directory.EnumerateFiles(Path.Combine(Sources, project), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Sources, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    /// <summary>Opens a project's assembly as it was built beside these tests.</summary>
    public static PEReader OpenBuilt(string project, string framework)
    {
        string path = Path.Combine(Sources, project, "bin", s_output.Parent!.Name, framework, project + ".dll");
        Assert.True(File.Exists(path), $"{path} was not built.");
        return new PEReader(File.OpenRead(path));
    }

    private static string FindRoot()
    {
        string start = Assembly.GetExecutingAssembly().Location;
        DirectoryInfo? folder = new FileInfo(start).Directory;
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TencentChat.PowerShell.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No folder above {start} holds the solution.");
    }
}
