using System.Text;
using TencentChat.Bulk;
using TencentChat.Emulator;
using TencentChat.Emulator.Options;
using TencentChat.Errors;
using TencentChat.Operations.Push;
using TencentChat.Operations.Tags;
using TencentChat.Protocol;
using TencentChat.Signing;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Operations.Tags;

/// <summary>Tags and pushes for programs that await results, against the emulator.</summary>
[Collection(VirtualTime.Collection)]
public sealed class TagSequenceTests
{
    [Theory]
    [InlineData(AttributeService.AllMemberPush)]
    [InlineData(AttributeService.TimPush)]
    public Task Tags_are_added_removed_set_and_cleared(AttributeService service) => Run(service, (connection, all) =>
    {
        string[] users = [.. Enumerable.Range(1, 250).Select(i => $"u{i}")];
        UserTags[] wanted = [.. users.Select(user => new UserTags(user, ["vip", "beta"])), new UserTags("u1", ["news"])];
        Assert.All(all(connection.AddTagsAsync(wanted)), result => Assert.Equal(ChatResultStatus.Succeeded, result.Status));
        Assert.Equal(["beta", "news", "vip"], Tags(all(connection.GetTagsAsync(["u1"]))));

        Assert.All(all(connection.RemoveTagsAsync([new UserTags("u1", ["beta"]), new UserTags("u2", ["beta"])])), result => Assert.Equal(ChatResultStatus.Succeeded, result.Status));
        Assert.Equal(["vip"], Tags(all(connection.GetTagsAsync(["u2"]))));

        List<ChatResult> set = all(connection.SetTagsAsync([new UserTags("u1", ["vip"]), new UserTags("", ["x"]), new UserTags("u2", ["new"]), new UserTags("u1", ["news"])]));
        Assert.Equal(["u1", "", "u2", "u1"], set.Select(result => result.UserId));
        Assert.Equal([ChatResultStatus.Unchanged, ChatResultStatus.Failed, ChatResultStatus.Succeeded, ChatResultStatus.Unchanged], set.Select(result => result.Status));
        Assert.Equal(["new"], Tags(all(connection.GetTagsAsync(["u2"]))));
        Assert.All(all(connection.SetTagsAsync([new UserTags("u2", ["new"])])), result => Assert.Equal(ChatResultStatus.Unchanged, result.Status));

        Assert.All(all(connection.ClearTagsAsync(users)), result => Assert.Equal(ChatResultStatus.Succeeded, result.Status));
        Assert.Empty(all(connection.GetTagsAsync(users)).SelectMany(result => ((UserTagsResult)result).Tags));
    });

    [Fact]
    public Task P13_a_push_goes_to_each_user_once_and_each_enumeration_is_a_push() => Run(AttributeService.TimPush, (connection, all) =>
    {
        IAsyncEnumerable<UserPushResult> push = connection.PushToUsersAsync(new PushMessage { Title = "Sale", Text = "Today" }, ["u1", "u2", "u1"]);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal([ChatResultStatus.Succeeded, ChatResultStatus.Succeeded, ChatResultStatus.Skipped], all(push).Select(result => result.Status));
        }
    });

    [Fact]
    public Task P10_what_cannot_be_pushed_is_told_before_anything_is_enumerated() => Run(AttributeService.AllMemberPush, (connection, _) =>
    {
        Assert.Throws<ChatConfigurationException>(() => connection.PushToUsersAsync(new PushMessage { Text = "Today" }, ["u1"], cancellationToken: TestContext.Current.CancellationToken));
        Assert.Throws<ChatConfigurationException>(() => connection.SetTagsAsync([], new BulkOptions { BatchSize = 0 }, TestContext.Current.CancellationToken));
    });

    private static IEnumerable<string> Tags(List<ChatResult> results) => ((UserTagsResult)Assert.Single(results)).Tags;

    private static Task Run(AttributeService service, Action<ChatConnection, Func<IAsyncEnumerable<ChatResult>, List<ChatResult>>> test) => VirtualTime.RunAsync((time, clock) =>
    {
        var emulator = new ChatEmulator(new EmulatorOptions { Plan = EmulatorPlan.Paid }, clock);
        emulator.AddAccounts([.. Enumerable.Range(1, 250).Select(i => $"u{i}")]);
        using var lab = new Lab(
            time, clock, emulator.CreateHandler(), options => options with { AttributeService = service },
            UserSigSource.FromKey(1400000000, "administrator", Encoding.UTF8.GetBytes(emulator.SecretKey)));
        test(lab.Connection, sequence => ReadAll(time, sequence));
    });

    private static List<ChatResult> ReadAll(VirtualTime time, IAsyncEnumerable<ChatResult> sequence)
    {
        var results = new List<ChatResult>();
        IAsyncEnumerator<ChatResult> reader = sequence.GetAsyncEnumerator(TestContext.Current.CancellationToken);
        while (time.Await(reader.MoveNextAsync().AsTask()))
        {
            results.Add(reader.Current);
        }

        return results;
    }
}
