using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace TencentChat.Tests.House;

/// <summary>The arrows between the projects, read from what was built: PowerShell → TencentChat, PowerShell → Emulator, Host → Emulator.</summary>
public sealed class ArrowTests
{
    [Fact]
    public void The_library_knows_neither_the_engine_nor_the_emulator() =>
        AssertKnows("TencentChat", "net8.0", house: [], isWebAllowed: false);

    [Fact]
    public void The_emulator_knows_neither_the_client_nor_a_web_server_nor_the_engine() =>
        AssertKnows("TencentChat.Emulator", "net8.0", house: [], isWebAllowed: false);

    [Fact]
    public void The_cmdlets_know_the_library_the_emulator_and_the_engine() =>
        AssertKnows("TencentChat.PowerShell", "net8.0", house: ["TencentChat", "TencentChat.Emulator"], isWebAllowed: false, others: ["System.Management.Automation"]);

    [Fact]
    public void The_host_knows_the_emulator_only() =>
        AssertKnows("TencentChat.Emulator.Host", "net10.0", house: ["TencentChat.Emulator"], isWebAllowed: true, others: ["System.CommandLine"], areOthersOptional: true);

    [Theory]
    [InlineData("TencentChat", "net8.0")]
    [InlineData("TencentChat.Emulator", "net8.0")]
    [InlineData("TencentChat.PowerShell", "net8.0")]
    public void What_pwsh_loads_is_built_for_the_oldest_engine(string project, string framework)
    {
        using PEReader file = Repository.OpenBuilt(project, framework);
        MetadataReader metadata = file.GetMetadataReader();
        Version runtime = metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
            .Where(reference => metadata.GetString(reference.Name) == "System.Runtime").Select(reference => reference.Version).Single();
        Assert.Equal(8, runtime.Major);
    }

    // Beyond its own house an assembly may know the framework and what is named here: nothing is shipped with it.
    private static void AssertKnows(string project, string framework, string[] house, bool isWebAllowed, string[]? others = null, bool areOthersOptional = false)
    {
        using PEReader file = Repository.OpenBuilt(project, framework);
        MetadataReader metadata = file.GetMetadataReader();
        Assert.Equal(project, metadata.GetString(metadata.GetAssemblyDefinition().Name));
        string[] references = [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];

        Assert.Equal(house, references.Where(name => name.StartsWith("TencentChat", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        string[] strangers = [.. references.Where(name => !IsFramework(name, isWebAllowed) && !name.StartsWith("TencentChat", StringComparison.Ordinal))];
        if (areOthersOptional)
        {
            Assert.Empty(strangers.Except(others ?? []));
        }
        else
        {
            Assert.Equal(others ?? [], strangers.Order(StringComparer.Ordinal));
        }
    }

    private static bool IsFramework(string name, bool isWebAllowed) =>
        name == "netstandard"
        || (name.StartsWith("System.", StringComparison.Ordinal) && name != "System.Management.Automation" && File.Exists(Path.Combine(Repository.Framework, name + ".dll")))
        || (isWebAllowed && name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal))
        || (isWebAllowed && name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal));
}
