using System.Text;
using BulkImport;
using TencentChat;
using TencentChat.Bulk;
using TencentChat.Emulator;
using TencentChat.Emulator.Options;
using TencentChat.Operations.Attributes;
using TencentChat.Signing;

// The module's main job through the library, without PowerShell: a CSV file into the app's user attributes, read back and
// compared, exported and imported again, one attribute removed, accounts deleted. The app is the embedded emulator.
string file = args.Length == 1 ? args[0] : throw new ArgumentException("Usage: BulkImport <users.csv>");
IReadOnlyList<CsvUser> users = CsvUsers.Read(file, out string[] names);
Console.WriteLine($"{file}: {users.Count} rows with the attributes {string.Join(", ", names)}.");

var emulator = new ChatEmulator(new EmulatorOptions());
using var connection = new ChatConnection(
    new ChatConnectionOptions { SdkAppId = emulator.SdkAppId, Endpoint = new Uri("http://localhost"), Handler = emulator.CreateHandler() },
    UserSigSource.FromKey(emulator.SdkAppId, "administrator", Encoding.UTF8.GetBytes(emulator.SecretKey)));
await connection.CheckAsync();
Console.WriteLine($"Connected to the embedded emulator as {connection}: nothing reaches the cloud.");

await connection.SetAttributeNamesAsync(names.Select((name, slot) => (slot, name)).ToDictionary(pair => pair.slot, pair => pair.name));
Console.WriteLine($"Attribute names: {string.Join(", ", (await connection.GetAttributeNamesAsync(TimeSpan.Zero)).Names)}.");

var check = new Checks();
List<ChatResult> set = await Report("Set", connection.SetAttributesAsync(users.Select(user => user.ToAttributes())));
check.That("every row has one result, in input order", set.Select(result => result.InputObject).SequenceEqual(users));
check.That("a row fails exactly when it has no id or a value over 50 bytes", set.All(result => (result.Status == ChatResultStatus.Succeeded) == ((CsvUser)result.InputObject!).IsGood));

Dictionary<string, Dictionary<string, string>> expected = CsvUsers.Merge(users.Where(user => user.IsGood));
List<ChatResult> got = await Report("Get", connection.GetAttributesAsync(expected.Keys));
check.That("every value reads back as it was written, the last row of an account winning", Same(got, expected));

string exported = Path.Combine(Path.GetTempPath(), $"BulkImport-{Guid.NewGuid():N}.csv");
try
{
    CsvUsers.Write(exported, got.Cast<UserAttributesResult>(), names);
    List<ChatResult> again = await Report("Set from the export", connection.SetAttributesAsync(CsvUsers.Read(exported, out _).Select(user => user.ToAttributes())));
    check.That("the export can be imported again", again.All(result => result.Status == ChatResultStatus.Succeeded));
    check.That("and changes nothing", Same(await Report("Get", connection.GetAttributesAsync(expected.Keys)), expected));
}
finally
{
    File.Delete(exported);
}

await Report($"Remove '{names[0]}'", connection.RemoveAttributesAsync(expected.Keys, [names[0]]));
foreach (Dictionary<string, string> attributes in expected.Values)
{
    attributes.Remove(names[0]);
}

check.That("only that attribute is gone", Same(await Report("Get", connection.GetAttributesAsync(expected.Keys)), expected));

string[] leavers = [.. expected.Keys.Take(250)];
await Report("Delete 250 accounts", connection.DeleteAccountsAsync(leavers));
List<ChatResult> rest = await Report("Get", connection.GetAttributesAsync(expected.Keys));
check.That("the deleted accounts are gone and no other", rest.Where(result => result.Status == ChatResultStatus.Failed).Select(result => result.UserId).SequenceEqual(leavers));
return check.Complete();

static bool Same(List<ChatResult> got, Dictionary<string, Dictionary<string, string>> expected) =>
    got.Count == expected.Count && got.Cast<UserAttributesResult>().All(result =>
        result.Status == ChatResultStatus.Succeeded && result.Attributes.Count == expected[result.UserId].Count &&
        result.Attributes.All(pair => expected[result.UserId].GetValueOrDefault(pair.Key) == pair.Value));

static async Task<List<ChatResult>> Report(string step, IAsyncEnumerable<ChatResult> run)
{
    var results = new List<ChatResult>();
    await foreach (ChatResult result in run)
    {
        results.Add(result);
    }

    IEnumerable<string> counts = results.GroupBy(result => result.Status).Select(group => $"{group.Count()} {group.Key}");
    Console.WriteLine($"{step}: {results.Count} rows: {string.Join(", ", counts)}.");
    foreach (ChatResult failed in results.Where(result => result.Status == ChatResultStatus.Failed).Take(5))
    {
        Console.WriteLine($"    row {failed.Row} '{failed.UserId}': {failed.ErrorId}: {failed.Message}");
    }

    return results;
}
