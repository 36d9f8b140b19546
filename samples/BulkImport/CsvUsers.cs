using System.Globalization;
using CsvHelper;
using TencentChat.Operations.Attributes;

namespace BulkImport;

/// <summary>Reads and writes the table of users.</summary>
internal static class CsvUsers
{
    private const string IdColumn = "UserId";

    public static IReadOnlyList<CsvUser> Read(string file, out string[] names)
    {
        using var reader = new StreamReader(file);
        using var csv = new CsvReader(reader, CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        names = csv.HeaderRecord!.Where(column => column != IdColumn).ToArray();
        var users = new List<CsvUser>();
        while (csv.Read())
        {
            users.Add(new CsvUser(csv.GetField(IdColumn)!, names.ToDictionary(name => name, name => csv.GetField(name), StringComparer.Ordinal)));
        }

        return users;
    }

    public static void Write(string file, IEnumerable<UserAttributesResult> users, string[] names)
    {
        using var writer = new StreamWriter(file);
        using var csv = new CsvWriter(writer, CultureInfo.InvariantCulture);
        foreach (string column in names.Prepend(IdColumn))
        {
            csv.WriteField(column);
        }

        foreach (UserAttributesResult user in users)
        {
            csv.NextRecord();
            csv.WriteField(user.UserId);
            Dictionary<string, string> values = new(user.Attributes, StringComparer.Ordinal);
            foreach (string name in names)
            {
                csv.WriteField(values.GetValueOrDefault(name));
            }
        }
    }

    /// <summary>What the app should hold afterwards: later rows win, empty cells leave alone.</summary>
    public static Dictionary<string, Dictionary<string, string>> Merge(IEnumerable<CsvUser> users)
    {
        var merged = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (CsvUser user in users)
        {
            Dictionary<string, string> attributes = merged.TryGetValue(user.UserId, out Dictionary<string, string>? known)
                ? known
                : merged[user.UserId] = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach ((string name, string? value) in user.Cells.Where(cell => !string.IsNullOrEmpty(cell.Value)))
            {
                attributes[name] = value!;
            }
        }

        return merged;
    }
}
