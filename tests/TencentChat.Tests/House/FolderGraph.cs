using System.Text;
using System.Text.RegularExpressions;

namespace TencentChat.Tests.House;

/// <summary>
/// Which folders of a project need which: a file needs the folder of every type that it names and that its namespace or its usings
/// let it see. What stands in comments and strings does not count. The project's own folder is one of them, named ".".
/// </summary>
internal sealed partial class FolderGraph
{
    private readonly Dictionary<string, SortedDictionary<string, string>> _needs = [];

    private FolderGraph()
    {
    }

    /// <summary>The folders.</summary>
    public IReadOnlyCollection<string> Folders => _needs.Keys;

    /// <summary>Reads files, each given by its path below the project and its text.</summary>
    public static FolderGraph Of(IEnumerable<(string Path, string Text)> files)
    {
        List<SourceFile> sources = [.. files.Select(file => SourceFile.Read(file.Path, file.Text))];
        ILookup<string, SourceFile> homes = sources.SelectMany(source => source.Types.Select(type => (type, source))).ToLookup(pair => pair.type, pair => pair.source);
        var graph = new FolderGraph();
        foreach (SourceFile source in sources)
        {
            SortedDictionary<string, string> needs = graph._needs.GetValueOrDefault(source.Folder) ?? (graph._needs[source.Folder] = []);
            foreach (string name in source.Names)
            {
                foreach (SourceFile home in homes[name].Where(home => home.Folder != source.Folder && source.Sees(home.Namespace)))
                {
                    needs.TryAdd(home.Folder, $"{source.Path} names {name}");
                }
            }
        }

        return graph;
    }

    /// <summary>The folders that a folder needs, each with a reason.</summary>
    public IReadOnlyDictionary<string, string> NeedsOf(string folder) => _needs[folder];

    /// <summary>Each pair of folders that need each other, straight or through others, with the reasons of the way there and back.</summary>
    public IReadOnlyList<string> Knots() =>
        [.. from one in _needs.Keys
            from other in _needs.Keys
            where string.CompareOrdinal(one, other) < 0
            let there = Way(one, other)
            let back = Way(other, one)
            where there is not null && back is not null
            select $"{one} <-> {other}: {there}; back: {back}"];

    private string? Way(string from, string to)
    {
        var seen = new HashSet<string> { from };
        var open = new Queue<(string Folder, string Way)>([(from, string.Empty)]);
        while (open.TryDequeue(out (string Folder, string Way) place))
        {
            foreach ((string next, string reason) in _needs[place.Folder])
            {
                string way = place.Way.Length == 0 ? reason : $"{place.Way}, {reason}";
                if (next == to)
                {
                    return way;
                }

                if (seen.Add(next))
                {
                    open.Enqueue((next, way));
                }
            }
        }

        return null;
    }

    private sealed partial record SourceFile(string Path, string Folder, string Namespace, IReadOnlyList<string> Types, IReadOnlySet<string> Names, IReadOnlySet<string> Usings)
    {
        public static SourceFile Read(string path, string text)
        {
            string code = WithoutCommentsAndStrings(text);
            string folder = System.IO.Path.GetDirectoryName(path)!.Replace('\\', '/');
            return new SourceFile(
                path,
                folder.Length == 0 ? "." : folder,
                Namespaces().Match(code).Groups[1].Value,
                [.. Declarations().Matches(code).Select(match => match.Groups[1].Value)],
                Words().Matches(code).Select(match => match.Value).ToHashSet(),
                Imports().Matches(code).Select(match => match.Groups[1].Value).ToHashSet());
        }

        /// <summary>Whether names of a namespace mean something here.</summary>
        public bool Sees(string other) =>
            other == Namespace || Namespace.StartsWith(other + ".", StringComparison.Ordinal) || Usings.Contains(other);

        // Top-level only: in a file-scoped namespace these begin their line.
        [GeneratedRegex(@"^(?:(?:public|internal|sealed|static|abstract|partial|readonly|file|ref) )*(?:class|struct|interface|enum|record(?: struct| class)?|delegate [\w<>?\[\], ]+) (\w+)", RegexOptions.Multiline)]
        private static partial Regex Declarations();

        [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
        private static partial Regex Namespaces();

        [GeneratedRegex(@"^(?:global )?using (?:static )?([\w.]+);", RegexOptions.Multiline)]
        private static partial Regex Imports();

        // A member behind a dot is no type; a type behind its namespace is.
        [GeneratedRegex(@"(?<![\w@.])[A-Z]\w*|(?<=\bTencentChat(?:\.\w+)*\.)[A-Z]\w*")]
        private static partial Regex Words();
    }

    private static string WithoutCommentsAndStrings(string text) =>
        // What is computed inside an interpolated string is code, so only the text around its holes goes.
        CommentsAndStrings().Replace(text, match => match.Value.Contains('{', StringComparison.Ordinal) && match.Groups["interpolated"].Success ? HolesOf(match.Value) : " ");

    private static string HolesOf(string interpolated)
    {
        var holes = new StringBuilder(" ");
        int depth = 0;
        foreach (char c in interpolated)
        {
            depth += c == '{' ? 1 : 0;
            holes.Append(depth > 0 ? c : ' ');
            depth -= c == '}' && depth > 0 ? 1 : 0;
        }

        return WithoutCommentsAndStrings(holes.Replace('{', ' ').Replace('}', ' ').ToString());
    }

    // Raw strings, then verbatim ones, then those of one line, then characters; a string that is none of them is code.
    [GeneratedRegex(
        """"
        //[^\n]*|/\*.*?\*/|(?<interpolated>\$+)?(?<quotes>"{3,}).*?\k<quotes>|(?<interpolated>\$@|@\$)"(?:""|[^"])*"|@"(?:""|[^"])*"|(?<interpolated>\$)"(?:\{(?:[^{}"]|"(?:\\.|[^"\\])*")*\}|\\.|[^"\\\n])*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'
        """",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex CommentsAndStrings();
}
