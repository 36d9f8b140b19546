namespace TencentChat.Tests.House;

/// <summary>Inside a project folders stand in layers: no two need each other, straight or by way of others. A project's own folder is one of them.</summary>
public sealed class FolderTests
{
    /// <summary>The projects that are held to it.</summary>
    public static TheoryData<string> Projects => ["TencentChat", "TencentChat.PowerShell", "TencentChat.Emulator", "TencentChat.Emulator.Host"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_two_folders_need_each_other(string project)
    {
        string root = Path.Combine(Repository.Sources, project);
        var graph = FolderGraph.Of(Repository.SourceFiles(project).Select(file => (Path.GetRelativePath(root, file), File.ReadAllText(file))));
        Assert.NotEmpty(graph.Folders);
        Assert.True(graph.Knots().Count == 0, string.Join('\n', graph.Knots()));
    }

    [Theory]
    [InlineData("src has folders below it", "TencentChat.Emulator", "Commands", "State")]
    [InlineData("the root counts", "TencentChat.Emulator", ".", "Gate")]
    public void What_a_folder_needs_is_seen_in_the_sources(string why, string project, string folder, string needed)
    {
        string root = Path.Combine(Repository.Sources, project);
        var graph = FolderGraph.Of(Repository.SourceFiles(project).Select(file => (Path.GetRelativePath(root, file), File.ReadAllText(file))));
        Assert.True(graph.NeedsOf(folder).ContainsKey(needed), why);
    }

    [Fact]
    public void Two_folders_that_need_each_other_are_a_knot_with_its_reasons() => Assert.Equal(
        ["A <-> B: A/One.cs names Two; back: B/Two.cs names One"],
        KnotsOf(("A/One.cs", "using P.B;\nnamespace P.A;\npublic sealed class One(Two two);"), ("B/Two.cs", "using P.A;\nnamespace P.B;\ninternal readonly record struct Two(One? One);")));

    [Fact]
    public void A_knot_may_lead_through_a_third_folder_and_through_the_root()
    {
        IReadOnlyList<string> knots = KnotsOf(
            ("One.cs", "using P.A;\nnamespace P;\nenum One { Two = (int)Three.Four }"),
            ("A/Three.cs", "using P.B;\nnamespace P.A;\nenum Three { Four = Five.Six }"),
            ("B/Five.cs", "namespace P.B;\nstatic class Five { public const int Six = (int)One.Two; }"));
        Assert.Equal(3, knots.Count);
        Assert.Contains(". <-> B: One.cs names Three, A/Three.cs names Five; back: B/Five.cs names One", knots);
    }

    [Theory]
    [InlineData("// One\n/* One */ /// <see cref=\"One\"/>\nclass Two;")]
    [InlineData("class Two { string a = \"One\"; string b = @\"\"\"One\"; string c = \"\"\"One\"\"\"; char d = '\"'; string e = $\"One{1}\"; }")]
    [InlineData("class Two { int One; int F() => this.One; }\nclass One;", "namespace P.A;\npublic class One { Two two; }", false)]
    public void Comments_strings_and_members_name_no_type(string two, string one = "using P.B;\nnamespace P.A;\npublic class One { Two two; }", bool imports = true) =>
        Assert.Empty(KnotsOf(("A/One.cs", one), ("B/Two.cs", (imports ? "using P.A;\n" : string.Empty) + "namespace P.B;\n" + two)));

    [Theory]
    [InlineData("class Two { string a = $\"{One.Name,3:x} and {string.Join(\", \", \"x\")}\"; }")]
    [InlineData("class Two { string a = $\"\"\"{One.Name}\"\"\"; }")]
    [InlineData("class Two { char a = '\"'; One b; char c = '\"'; }")]
    [InlineData("class Two { string a = \"\\\"\"; One b; string c = \"\\\"\"; }")]
    public void What_stands_between_strings_and_in_their_holes_does(string two) =>
        Assert.Single(KnotsOf(("A/One.cs", "using P.B;\nnamespace P.A;\npublic class One { Two two; }"), ("B/Two.cs", "using P.A;\nnamespace P.B;\n" + two)));

    private static IReadOnlyList<string> KnotsOf(params (string Path, string Text)[] files) => FolderGraph.Of(files).Knots();
}
