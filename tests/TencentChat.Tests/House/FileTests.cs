using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace TencentChat.Tests.House;

/// <summary>The rules of the house for its files.</summary>
public sealed class FileTests
{
    private const int MaxLines = 320;

    [Theory]
    [InlineData("TencentChat", "net8.0")]
    [InlineData("TencentChat.Emulator", "net8.0")]
    [InlineData("TencentChat.PowerShell", "net8.0")]
    public void Every_public_type_has_a_file_of_its_name(string project, string framework)
    {
        using PEReader file = Repository.OpenBuilt(project, framework);
        MetadataReader metadata = file.GetMetadataReader();
        string[] types = [.. metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Where(type => (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public)
            .Select(type => metadata.GetString(type.Name).Split('`')[0])];
        string[] files = [.. Repository.SourceFiles(project).Select(Path.GetFileNameWithoutExtension)!];
        Assert.NotEmpty(types);
        Assert.All(types, type => Assert.Single(files, type));
    }

    [Fact]
    public void No_file_is_long()
    {
        string[] files = [.. Repository.SourceFiles()];
        Assert.True(files.Length > 100);
        Assert.All(files, file => Assert.True(File.ReadLines(file).Count() <= MaxLines, $"{Path.GetRelativePath(Repository.Root, file)} has more than {MaxLines} lines."));
    }
}
