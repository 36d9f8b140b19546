using System.Globalization;

namespace TencentChat.Storm;

/// <summary>What the module said of a row. The cells are those that a read gave back, empty for what the account has not; of a push, its task and its MsgRandom.</summary>
internal sealed record Result(int Row, string UserId, string Status, string ErrorId, int Attempts, int Batch, string[] Cells)
{
    /// <summary>Whether everything is as the row wants it.</summary>
    public bool IsSuccess => Status is "Succeeded" or "Unchanged";

    public static List<Result> Read(string path)
    {
        var results = new List<Result>();
        foreach (string line in File.ReadLines(path))
        {
            string[] parts = line.Split('\t');
            results.Add(new Result(int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], parts[2], parts[3], int.Parse(parts[4], CultureInfo.InvariantCulture), int.Parse(parts[5], CultureInfo.InvariantCulture), parts[6..]));
        }

        return results;
    }
}
