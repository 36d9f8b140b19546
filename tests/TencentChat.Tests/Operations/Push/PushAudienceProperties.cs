using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using TencentChat.Bulk;
using TencentChat.Emulator;
using TencentChat.Emulator.Options;
using TencentChat.Operations.Attributes;
using TencentChat.Operations.Push;
using TencentChat.Operations.Tags;
using TencentChat.Protocol;
using TencentChat.Signing;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Operations.Push;

/// <summary>
/// Whom a condition reaches, by what is counted here and by what the emulator pushed to, which evaluates it by itself: random
/// users, tags, attributes and conditions, in both families.
/// </summary>
[Collection(VirtualTime.Collection)]
public sealed class PushAudienceProperties(ITestOutputHelper output)
{
    private const int Runs = 150;
    private const int UserCount = 12;

    private static readonly string[] s_names = ["city", "level"];
    private static readonly string[] s_tags = ["a", "A", "b", "ab", "贵宾"];
    private static readonly string[] s_values = ["x", "X", "y"];

    private int _reached;
    private int _missed;
    private int _differ;

    [Theory]
    [InlineData(AttributeService.AllMemberPush, TagsNotMeaning.NotAny)]
    [InlineData(AttributeService.TimPush, TagsNotMeaning.NotAny)]
    [InlineData(AttributeService.TimPush, TagsNotMeaning.NotAll)]
    public async Task Who_is_counted_is_who_gets_the_push(AttributeService family, TagsNotMeaning reading)
    {
        await VirtualTime.RunAsync((_, _) => Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), seed => Check(new Random(seed), family, reading))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Runs).WithReplay(20260103, 1)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{family}: {_reached} users reached, {_missed} not; for {_differ} the two readings differ."));
        Assert.True(_reached > Runs);
        Assert.True(_missed > Runs);
        Assert.True(family == AttributeService.AllMemberPush || _differ > 10);
    }

    private void Check(Random random, AttributeService family, TagsNotMeaning reading)
    {
        var clock = new FakeClock();
        var time = new VirtualTime(clock);
        var emulator = new ChatEmulator(new EmulatorOptions { AttributeNames = s_names, OpenQuestions = new OpenQuestions { TagsNotOfSeveral = reading } }, clock);
        using var lab = new Lab(
            time, clock, emulator.CreateHandler(), options => options with { SdkAppId = emulator.SdkAppId, AttributeService = family },
            UserSigSource.FromKey(emulator.SdkAppId, "administrator", System.Text.Encoding.UTF8.GetBytes(emulator.SecretKey)));
        string[] users = [.. Enumerable.Range(1, UserCount).Select(i => $"u{i}")];
        emulator.AddAccounts(users);
        Assert.All(lab.Run(new AddTags(family), users.Select((user, i) => TagRows.NewRow(i + 1, user, null, Some(random, s_tags)))), IsDone);
        Assert.All(lab.Run(lab.Set, users.Select((user, i) => Rows.Set(i + 1, user, [.. s_names[random.Next(s_names.Length)..].Select(name => (name, (string?)One(random, s_values)))]))), IsDone);

        PushCondition condition = MakeCondition(random, family);
        PushResult pushed = time.Await(lab.Connection.PushAsync(new PushMessage { Text = "Hello" }, condition));
        Assert.Equal(ChatResultStatus.Succeeded, pushed.Status);

        string[] counted = condition.HasTags ? CountByTags(lab, family, condition, reading, users) : CountByAttributes(lab, family, condition, users);
        string[] actual = [.. Assert.Single(emulator.Pushes.Sent).Accounts.Intersect(users).Order(StringComparer.Ordinal)];
        Assert.Equal(actual, counted.Order(StringComparer.Ordinal));
        _reached += actual.Length;
        _missed += UserCount - actual.Length;
    }

    private string[] CountByTags(Lab lab, AttributeService family, PushCondition condition, TagsNotMeaning reading, string[] users)
    {
        var reader = new GetTags(family);
        List<UserTagsResult> read = [.. lab.Run(reader, users.Select((user, i) => reader.NewRow(i + 1, user, null))).Cast<UserTagsResult>()];
        Assert.All(read, IsDone);
        _differ += read.Count(row => PushAudience.Matches(condition, row.Tags) != PushAudience.MatchesOtherReading(condition, row.Tags));
        return [.. read.Where(row => reading == TagsNotMeaning.NotAny ? PushAudience.Matches(condition, row.Tags) : PushAudience.MatchesOtherReading(condition, row.Tags)).Select(row => row.UserId)];
    }

    private static string[] CountByAttributes(Lab lab, AttributeService family, PushCondition condition, string[] users)
    {
        var reader = new GetAttributes(family);
        List<UserAttributesResult> read = [.. lab.Run(reader, users.Select((user, i) => reader.NewRow(i + 1, user, null))).Cast<UserAttributesResult>()];
        Assert.All(read, IsDone);
        return [.. read.Where(row => PushAudience.Matches(condition, row.Attributes)).Select(row => row.UserId)];
    }

    private static PushCondition MakeCondition(Random random, AttributeService family)
    {
        while (true)
        {
            string[] any = Few(random, s_tags);
            PushCondition condition = random.Next(3) == 0
                ? new PushCondition { AnyAttribute = Values(random), AllAttributes = Values(random) }
                : new PushCondition
                {
                    AnyTag = any,
                    AllTags = [.. Few(random, s_tags).Except(any)],
                    NoneOfTags = family == AttributeService.TimPush ? Few(random, s_tags) : [],
                };
            if (condition.HasTags || condition.HasAttributes)
            {
                return condition;
            }
        }
    }

    private static void IsDone(ChatResult row) => Assert.True(row.Status is ChatResultStatus.Succeeded or ChatResultStatus.Skipped, row.Message);

    private static Dictionary<string, string> Values(Random random) => Few(random, s_names).ToDictionary(name => name, _ => One(random, s_values));

    private static T One<T>(Random random, T[] all) => all[random.Next(all.Length)];

    private static string[] Some(Random random, string[] all) => [.. all.Where(_ => random.Next(2) == 0)];

    private static string[] Few(Random random, string[] all) => random.Next(2) == 0 ? [] : [.. all.Where(_ => random.Next(3) == 0)];
}
