using System.Globalization;

namespace TencentChat.Storm;

/// <summary>The storm's input: mostly one row an account, some accounts twice, and one bad row in ten thousand.</summary>
internal static class Table
{
    public static readonly string[] Attributes = ["sex", "city", "level"];

    private const int RowsPerBadRow = 10_000;
    private const int RowsPerRepeat = 500;
    private const int Tags = 40;
    private const char TagDelimiter = ';';

    private static readonly string[] s_cities = ["Paris", "Oslo", "Lima", "Kyoto", "São Paulo", "北京", "Zürich"];
    private static readonly string[] s_words = ["vip", "beta", "news", "常客", "São", "a b"];

    public static void WriteAttributes(string path, int rows, int seed) => Write(path, string.Join(',', Attributes), rows, seed, BadRow, random => string.Create(
        CultureInfo.InvariantCulture,
        $"{(random.Next(2) == 0 ? 'f' : 'm')},{(random.Next(20) == 0 ? string.Empty : s_cities[random.Next(s_cities.Length)])},{random.Next(100)}"));

    /// <summary>One to three tags a row; one row in fifty has more than one call takes.</summary>
    public static void WriteTags(string path, int rows, int seed) => Write(path, "Tag", rows, seed, BadTagRow, random =>
    {
        int count = random.Next(50) == 0 ? random.Next(11, 15) : random.Next(1, 4);
        return string.Join(TagDelimiter, Enumerable.Range(0, Tags).OrderBy(_ => random.Next()).Take(count).Select(i => $"{s_words[i % s_words.Length]}_{i}"));
    });

    /// <param name="path">The table.</param>
    /// <param name="ofTags">Whether its one column holds tags.</param>
    public static List<InputRow> Read(string path, bool ofTags = false)
    {
        var rows = new List<InputRow>();
        foreach (string line in File.ReadLines(path).Skip(1))
        {
            string[] cells = line.Split(',');
            rows.Add(new InputRow(rows.Count + 1, cells[0], ofTags ? cells[1].Split(TagDelimiter, StringSplitOptions.RemoveEmptyEntries) : cells[1..]));
        }

        return rows;
    }

    private static void Write(string path, string columns, int rows, int seed, Func<int, string> badRow, Func<Random, string> cells)
    {
        var random = new Random(seed);
        using var writer = new StreamWriter(path);
        writer.WriteLine("UserId," + columns);
        for (int i = 1; i <= rows; i++)
        {
            writer.WriteLine(i % RowsPerBadRow == RowsPerBadRow / 2 ? badRow(i) : $"{GoodUser(i, random)},{cells(random)}");
        }
    }

    // The service finds the first kind, which makes it refuse the whole call; the other two cost no call.
    private static string BadRow(int i) => (i / RowsPerBadRow % 3) switch
    {
        0 => $"user_{i:D8}_is_too_long_for_the_service,m,Oslo,1",
        1 => $"bad_{i:D8},f,{new string('x', 51)},2",
        _ => ",m,Lima,3",
    };

    private static string BadTagRow(int i) => (i / RowsPerBadRow % 3) switch
    {
        0 => $"user_{i:D8}_is_too_long_for_the_service,vip_0",
        1 => $"bad_{i:D8},{new string('x', 51)}",
        _ => ",vip_0",
    };

    private static string GoodUser(int i, Random random)
    {
        // Some repeat an account of their own batch, some one of a neighbour, some one of long ago.
        int number = i;
        if (i % RowsPerRepeat == 0)
        {
            int back = new[] { 7, 130, 4_001 }[random.Next(3)];
            number = i - back >= 1 && (i - back) % RowsPerBadRow != RowsPerBadRow / 2 ? i - back : i;
        }

        return $"user_{number:D8}";
    }
}
