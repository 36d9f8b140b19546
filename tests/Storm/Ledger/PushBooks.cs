using System.Text.Json;

namespace TencentChat.Storm;

/// <summary>The books of pushes: nobody gets one twice, and no result says of one what is not so.</summary>
internal sealed class PushBooks(List<InputRow> input, List<Result> results, Func<Journal> readJournal)
    : Books(input, results, readJournal)
{
    /// <summary>A push to named users: whoever is there got it once, unless no answer told; whoever comes again was left out.</summary>
    /// <param name="users">The accounts that exist.</param>
    public Findings CheckUsers(ICollection<string> users)
    {
        Findings.Accounts = users.Count;
        Dictionary<string, List<string>> tasks = TasksOfUsers(users);
        List<Call> unclear = [.. Journal.Calls.Where(call => call.IsUnclear)];
        var inDoubt = unclear.SelectMany(call => call.Accounts).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        CheckOrder();
        foreach ((InputRow row, Result result) in Pairs)
        {
            Count(result);
            bool isRepeated = row.UserId.Length > 0 && !seen.Add(row.UserId);
            Findings.HopelessRows += isRepeated || users.Contains(row.UserId) ? 0 : 1;
            List<string> got = tasks.GetValueOrDefault(row.UserId, []);
            Findings.Require(isRepeated == (result.Status == "Skipped"), $"Row {row.Number} ('{row.UserId}') {(isRepeated ? "names a user again" : "is the user's first")}, and came to {result.Status}.");
            if (!isRepeated)
            {
                string who = $"Row {row.Number} ('{row.UserId}')";
                CheckEnd(who, result, got, canSucceed: users.Contains(row.UserId), isAnswered: Journal.AnsweredCalls(row.UserId) > 0);
                Findings.Require(result.Status == "Unknown" || !inDoubt.Contains(row.UserId), $"{who} had an unclear answer, and came to {result.Status}.");
            }
        }

        // A call that was lost before it was read names nobody, but what may have gone out is not sent again: so each unclear call
        // is that of some rows, which all have its MsgRandom.
        int unknownCalls = Results.Where(result => result.Status == "Unknown").Select(result => result.Cells[1]).Distinct(StringComparer.Ordinal).Count();
        Findings.Require(unclear.Count == unknownCalls, $"{unclear.Count} calls had no clear answer, and those of {unknownCalls} are told as unknown.");
        Findings.ReceivedTwice = tasks.Values.Count(got => got.Count > 1);
        return Findings;
    }

    /// <summary>Pushes to an audience, each with a text of its own, which stands where a user does elsewhere.</summary>
    /// <param name="path">What <c>GET /_emulator/pushes</c> gave.</param>
    public Findings CheckAudiences(string path)
    {
        using FileStream file = File.OpenRead(path);
        using var document = JsonDocument.Parse(file);
        ILookup<string, JsonElement> sent = document.RootElement.GetProperty("Pushes").EnumerateArray().ToLookup(push => push.GetProperty("Text").GetString()!, StringComparer.Ordinal);
        CheckOrder();
        foreach ((InputRow row, Result result) in Pairs)
        {
            Count(result);

            // A call that came again with the same MsgRandom sent nothing here, and may send one where that is known for less time.
            List<string> got = [.. sent[row.UserId].SelectMany(push => Enumerable.Repeat(push.GetProperty("TaskId").GetString()!, 1 + push.GetProperty("Repeats").GetInt32()))];
            CheckEnd($"'{row.UserId}'", result, got, canSucceed: true, isAnswered: false);
            Findings.ReceivedTwice += got.Count > 1 ? 1 : 0;
        }

        int unclear = Journal.Calls.Count(call => call.IsUnclear);
        Findings.Require(unclear == Findings.Unknown, $"{unclear} pushes had no clear answer, and {Findings.Unknown} are told as unknown.");
        return Findings;
    }

    private void CheckEnd(string who, Result result, List<string> got, bool canSucceed, bool isAnswered)
    {
        Findings.Require(got.Count <= 1, $"{who} got the push {got.Count} times.");
        bool isRight = result.Status switch
        {
            "Succeeded" => canSucceed && got.Count == 1 && result.Cells[0] == got[0],
            "Failed" => !canSucceed && got.Count == 0,
            "Unknown" => !isAnswered,
            _ => false,
        };
        Findings.Require(isRight, $"{who} came to {result.Status} {result.ErrorId}, and got it {got.Count} times: {string.Join(", ", got)} (told: {result.Cells[0]}).");
    }

    private Dictionary<string, List<string>> TasksOfUsers(ICollection<string> users)
    {
        var tasks = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (Call call in Journal.Calls.Where(call => call.WorkDone))
        {
            foreach (string userId in call.Accounts.Where(users.Contains))
            {
                if (!tasks.TryGetValue(userId, out List<string>? ofUser))
                {
                    tasks.Add(userId, ofUser = []);
                }

                ofUser.Add(call.TaskId!);
            }
        }

        return tasks;
    }
}
