using System.Globalization;
using System.Text;

namespace TencentChat.Storm;

/// <summary>A row of the input: an account and the cells to set; an empty cell leaves the attribute alone.</summary>
internal sealed record InputRow(int Number, string UserId, string[] Cells)
{
    private const int MaxUserIdBytes = 32;
    private const int MaxValueBytes = 50;

    /// <summary>Whether the service can take the row.</summary>
    public bool IsGood =>
        UserId.Length > 0 && Encoding.UTF8.GetByteCount(UserId) <= MaxUserIdBytes && Array.TrueForAll(Cells, cell => Encoding.UTF8.GetByteCount(cell) <= MaxValueBytes);
}

/// <summary>The storm's input: mostly one row an account, some accounts twice, and one bad row in ten thousand.</summary>
internal static class Input
{
    public static readonly string[] Attributes = ["sex", "city", "level"];

    private const int RowsPerBadRow = 10_000;
    private const int RowsPerRepeat = 500;

    private static readonly string[] s_cities = ["Paris", "Oslo", "Lima", "Kyoto", "São Paulo", "北京", "Zürich"];

    public static void Write(string path, int rows, int seed)
    {
        var random = new Random(seed);
        using var writer = new StreamWriter(path);
        writer.WriteLine("UserId," + string.Join(',', Attributes));
        for (int i = 1; i <= rows; i++)
        {
            writer.WriteLine(i % RowsPerBadRow == RowsPerBadRow / 2 ? BadRow(i) : GoodRow(i, random));
        }
    }

    public static List<InputRow> Read(string path)
    {
        var rows = new List<InputRow>();
        foreach (string line in File.ReadLines(path).Skip(1))
        {
            string[] cells = line.Split(',');
            rows.Add(new InputRow(rows.Count + 1, cells[0], cells[1..]));
        }

        return rows;
    }

    // The service finds the first kind, which makes it refuse the whole call; the other two cost no call.
    private static string BadRow(int i) => (i / RowsPerBadRow % 3) switch
    {
        0 => $"user_{i:D8}_is_too_long_for_the_service,m,Oslo,1",
        1 => $"bad_{i:D8},f,{new string('x', 51)},2",
        _ => ",m,Lima,3",
    };

    private static string GoodRow(int i, Random random)
    {
        // Some repeat an account of their own batch, some one of a neighbour, some one of long ago.
        int number = i;
        if (i % RowsPerRepeat == 0)
        {
            int back = new[] { 7, 130, 4_001 }[random.Next(3)];
            number = i - back >= 1 && (i - back) % RowsPerBadRow != RowsPerBadRow / 2 ? i - back : i;
        }

        string city = random.Next(20) == 0 ? string.Empty : s_cities[random.Next(s_cities.Length)];
        return string.Create(CultureInfo.InvariantCulture, $"user_{number:D8},{(random.Next(2) == 0 ? 'f' : 'm')},{city},{random.Next(100)}");
    }
}
