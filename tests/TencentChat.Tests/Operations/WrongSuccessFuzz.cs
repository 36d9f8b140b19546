using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TencentChat.Bulk;
using TencentChat.Calls;
using TencentChat.Operations.Push;
using TencentChat.Operations.Tags;
using TencentChat.Protocol;
using TencentChat.Tests.Fakes;
using TencentChat.Tests.Protocol;

namespace TencentChat.Tests.Operations;

/// <summary>
/// Whatever bytes come back for a command of tags or a push: no exception, and no success that the bytes do not say. What they
/// say is read here by another reader.
/// </summary>
[Collection(VirtualTime.Collection)]
public sealed class WrongSuccessFuzz
{
    private const int Rounds = 3_000;

    private static readonly string[] s_users = ["u1", "u2"];

    private static readonly string[] s_lists = ["ErrorList", "ResultItem", "UserTags", "UserAttrs"];

    private static readonly string[] s_names =
        [.. new[] { "ErrorCode", "ErrorInfo", "UserAttrs", "UserTags", "ResultItem", "ErrorList", "FailAccounts", "TaskId", "To_Account", "UserID", "Tags", "Attrs", "ResultCode" }.Select(name => $"\"{name}\":")];

    private static readonly string[] s_values = ["0", "70107", "91000", "60007", "\"u1\"", "\"u2\"", "\"u3\"", "\"vip\"", "\"\"", "null", "[]", "\"OK\"", "\"FAIL\""];

    private static readonly Regex s_token = new("""
        "[^"]*":?|\d+
        """.Trim());

    private static readonly Regex s_element = new("""\{"(To_Account|ErrorCode)"[^{}]*\}""");

    private static readonly PushMessage s_message = new() { Text = "Hello" };

    [Fact]
    public Task Reading_tags() => RunAsync(1, ReplySamples.Tags, ReplySamples.TagsWithErrors, (lab, reply) =>
    {
        var reading = new GetTags(AttributeService.TimPush);
        List<ChatResult> rows = lab.Run(reading, s_users.Select((user, i) => reading.NewRow(i + 1, user, null)));
        foreach (UserTagsResult row in rows.Cast<UserTagsResult>().Where(row => row.Status == ChatResultStatus.Succeeded))
        {
            JsonElement[] said = [.. Elements(reply, "UserTags").Where(element => Text(element, "To_Account", "UserID") == row.UserId)];
            Assert.NotEmpty(said);
            Assert.All(said, element => Assert.Equal(TagsOf(element), row.Tags));
        }

        return rows;
    });

    [Fact]
    public Task Adding_tags() => RunAsync(2, ReplySamples.SetWithErrors, ReplySamples.Ok, (lab, _) =>
        lab.Run(new AddTags(AttributeService.TimPush), s_users.Select((user, i) => TagRows.NewRow(i + 1, user, null, ["vip"]))));

    [Fact]
    public Task Pushing_to_users() => RunAsync(3, ReplySamples.PushedToUsers, ReplySamples.NotPushed, (lab, reply) =>
    {
        var push = new PushToUsers(PushRules.ContentForUsers(s_message, "administrator"));
        List<ChatResult> rows = lab.Run(push, s_users.Select((user, i) => push.NewRow(i + 1, user, null)));
        Assert.All(rows.Where(row => row.Status == ChatResultStatus.Succeeded), row => Assert.Equal(TaskOf(reply), ((UserPushResult)row).TaskId));
        return rows;
    });

    [Fact]
    public Task Pushing_to_all() => VirtualTime.RunAsync((time, clock) =>
    {
        var random = new Random(4);
        byte[] reply = [];
        using var service = new ScriptedService(clock, _ => Answers.Bytes(reply));
        using Lab lab = Connect(time, clock, service);
        int succeeded = 0;
        for (int i = 0; i < Rounds / 3; i++)
        {
            reply = Spoil(random, i % 2 == 0 ? ReplySamples.Pushed : ReplySamples.NotPushed);
            int before = service.Calls.Count;
            PushResult result = time.Await(lab.Connection.PushAsync(s_message, null, null, CancellationToken.None));
            if (result.Status == ChatResultStatus.Succeeded)
            {
                succeeded++;
                Assert.True(IsOk(Parse(reply)), Convert.ToBase64String(reply));
                Assert.Equal(TaskOf(Parse(reply)), result.TaskId);
            }
            else if (Parse(reply) is null)
            {
                Assert.Equal((ChatResultStatus.Unknown, 1), (result.Status, service.Calls.Count - before));
            }
        }

        Assert.InRange(succeeded, Rounds / 100, Rounds / 3);
    });

    private static Task RunAsync(int seed, string first, string second, Func<Lab, JsonElement?, List<ChatResult>> run) => VirtualTime.RunAsync((time, clock) =>
    {
        var random = new Random(seed);
        byte[] reply = [];
        using var service = new ScriptedService(clock, _ => Answers.Bytes(reply));
        using Lab lab = Connect(time, clock, service);
        int succeeded = 0;
        int others = 0;
        for (int i = 0; i < Rounds; i++)
        {
            reply = Spoil(random, i % 2 == 0 ? first : second);
            JsonElement? said = Parse(reply);
            try
            {
                List<ChatResult> rows = run(lab, said);
                Assert.Equal(s_users, rows.Select(row => row.UserId));
                Assert.All(rows.Where(row => row.Status == ChatResultStatus.Succeeded), row => Assert.True(IsOk(said) && !HasFailed(said!.Value, row.UserId)));
                succeeded += rows.Count(row => row.Status == ChatResultStatus.Succeeded);
                others += rows.Count(row => row.Status != ChatResultStatus.Succeeded);
            }
            catch (Exception fault)
            {
                Assert.Fail($"Seed {seed}, round {i}, {Convert.ToBase64String(reply)}: {fault}");
            }
        }

        Assert.True(succeeded > Rounds / 20 && others > Rounds / 20, $"{succeeded} and {others}: too few of one kind to prove anything.");
    });

    private static Lab Connect(VirtualTime time, FakeClock clock, ScriptedService service) => new(time, clock, service, options => options with
    {
        AttributeService = AttributeService.TimPush,
        Retry = new RetryPolicy { MaxRetry = 0 },
        CallsPerSecond = 1_000,
    });

    // Half of them stay JSON and say something else: other names and values, an element twice.
    private static byte[] Spoil(Random random, string sample)
    {
        if (random.Next(2) == 0)
        {
            string text = sample;
            for (int i = random.Next(1, 5); i > 0; i--)
            {
                text = random.Next(3) == 0 ? RepeatElement(random, text) : Restate(random, text);
            }

            return Encoding.UTF8.GetBytes(text);
        }

        List<byte> bytes = [.. Encoding.UTF8.GetBytes(sample)];
        for (int i = random.Next(1, 3); i > 0 && bytes.Count > 0; i--)
        {
            ReplyMutator.Mutate(random, bytes);
        }

        return [.. bytes];
    }

    private static string Restate(Random random, string text)
    {
        MatchCollection tokens = s_token.Matches(text);
        Match token = tokens[random.Next(tokens.Count)];
        string[] others = token.Value.EndsWith(':') ? s_names : s_values;
        return text[..token.Index] + others[random.Next(others.Length)] + text[(token.Index + token.Length)..];
    }

    private static string RepeatElement(Random random, string text)
    {
        MatchCollection elements = s_element.Matches(text);
        if (elements.Count == 0)
        {
            return text;
        }

        Match element = elements[random.Next(elements.Count)];
        return text.Insert(element.Index, element.Value + ",");
    }

    private static JsonElement? Parse(byte[] reply)
    {
        try
        {
            using var document = JsonDocument.Parse(reply.AsMemory(reply is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsOk(JsonElement? reply) => reply is { ValueKind: JsonValueKind.Object } said
        && said.TryGetProperty("ErrorCode", out JsonElement code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out int number) && number == 0
        && Text(said, "ActionStatus") != "FAIL";

    private static bool HasFailed(JsonElement reply, string userId) =>
        s_lists.SelectMany(list => Elements(reply, list)).Any(element =>
            Text(element, "To_Account", "UserID") == userId
            && (IsCode(element, "ErrorCode") || IsCode(element, "ResultCode")))
        || Elements(reply, "FailAccounts").Any(element => element.ValueKind == JsonValueKind.String && element.GetString() == userId);

    private static bool IsCode(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement code) && !(code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out int number) && number == 0);

    private static JsonElement.ArrayEnumerator Elements(JsonElement? reply, string name) =>
        reply is { ValueKind: JsonValueKind.Object } said && said.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    private static string? Text(JsonElement element, params string[] names) => element.ValueKind != JsonValueKind.Object ? null
        : names.Select(name => element.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null).FirstOrDefault(text => text is not null);

    private static string? TaskOf(JsonElement? reply) => Text(reply!.Value, "TaskId") is { Length: > 0 } task ? task : null;

    private static string[] TagsOf(JsonElement element) =>
        [.. (element.TryGetProperty("Tags", out JsonElement tags) && tags.ValueKind == JsonValueKind.Array ? tags.EnumerateArray().Select(tag => tag.GetString()!) : []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
