using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.Protocol;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Bulk;

/// <summary>Promise P2: one bad row never fails its neighbours.</summary>
[Collection(VirtualTime.Collection)]
public sealed class SplitTests
{
    [Theory]
    [InlineData(90030, "u1")]
    [InlineData(90030, "u50")]
    [InlineData(90030, "u100")]
    [InlineData(70402, "u37")]
    [InlineData(90001, "u64")]
    [InlineData(90048, "u99")]
    public Task P2_one_bad_row_of_a_hundred_costs_few_calls(int code, string bad) => VirtualTime.RunAsync((time, clock) =>
    {
        using ScriptedService service = Refusing(clock, code, bad);
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Set, Rows.Set(100));

        ChatResult failed = Assert.Single(results, result => result.Status != ChatResultStatus.Succeeded);
        Assert.Equal((bad, ChatResultStatus.Failed, code), (failed.UserId, failed.Status, failed.ErrorCode));
        Assert.InRange(service.Calls.Count - 1, 12, 14);
        Assert.All(results, result => Assert.InRange(result.Attempts, 2, 8));
    });

    [Fact]
    public Task P2_many_bad_rows_are_found_and_the_others_done() => VirtualTime.RunAsync((time, clock) =>
    {
        string[] bad = ["u3", "u4", "u50", "u51", "u97"];
        using ScriptedService service = Refusing(clock, 90030, bad);
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Set, Rows.Set(100));
        Assert.Equal(bad, results.Where(result => result.Status == ChatResultStatus.Failed).Select(result => result.UserId));
        Assert.Equal(95, results.Count(result => result.Status == ChatResultStatus.Succeeded));
        Assert.InRange(service.Calls.Count, 15, 1 + (5 * 14));
    });

    [Fact]
    public Task P2_a_hundred_bad_rows_cost_two_calls_each_at_most() => VirtualTime.RunAsync((time, clock) =>
    {
        using ScriptedService service = Refusing(clock, 90030, [.. Enumerable.Range(1, 100).Select(i => $"u{i}")]);
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Set, Rows.Set(100));
        Assert.All(results, result => Assert.Equal((ChatResultStatus.Failed, "InvalidAttributeValue"), (result.Status, result.ErrorId)));
        Assert.Equal(199, service.Calls.Count);
    });

    [Fact]
    public Task P2_a_batch_that_is_refused_for_its_size_is_cut_until_it_passes() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Accounts.Count > 30 ? Answers.Code(90018) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        Assert.All(lab.Run(lab.Set, Rows.Set(100)), result => Assert.Equal(ChatResultStatus.Succeeded, result.Status));
        Assert.Equal(7, service.Calls.Count);
    });

    [Fact]
    public Task P2_halves_meet_transient_faults_too() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number % 3 == 0 ? Answers.Code(91000) : call.Accounts.Contains("u42") ? Answers.Code(90030) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Set, Rows.Set(100));
        Assert.Equal("u42", Assert.Single(results, result => result.Status != ChatResultStatus.Succeeded).UserId);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task P2_an_attribute_name_is_learned_with_one_call_and_not_tried_again(bool isRemoval) => VirtualTime.RunAsync((time, clock) =>
    {
        using ScriptedService service = Naming(clock, "city");
        using var lab = new Lab(time, clock, service);
        var options = new BulkOptions { ThrottleLimit = 1 };
        List<ChatResult> results = isRemoval
            ? lab.Run(lab.Remove, Enumerable.Range(1, 1000).Select(i => Rows.Remove(i, $"u{i}", i % 10 == 0 ? "town" : "city")), options)
            : lab.Run(lab.Set, Enumerable.Range(1, 1000).Select(i => Row(i, $"u{i}", i % 10 == 0 ? "town" : "city")), options);

        Assert.All(results, result => Assert.Equal(
            result.Row % 10 == 0 ? (ChatResultStatus.Failed, "InvalidAttribute") : (ChatResultStatus.Succeeded, null), (result.Status, result.ErrorId)));
        Assert.Contains("town", results[9].Message, StringComparison.Ordinal);

        // The refused call, the names, the same batch without the bad rows, and the nine other batches.
        Assert.Equal(12, service.Calls.Count);
        Assert.Single(service.Calls, call => call.Endpoint == "im_get_attr_name");
        Assert.Equal(0, results[^1].Attempts);
    });

    [Fact]
    public Task P2_batches_refused_together_ask_for_the_names_once() => VirtualTime.RunAsync((time, clock) =>
    {
        using ScriptedService service = Naming(clock, "city");
        using var lab = new Lab(time, clock, service);
        lab.Run(lab.Set, Enumerable.Range(1, 1000).Select(i => Row(i, $"u{i}", i % 10 == 0 ? "town" : "city")));
        Assert.Single(service.Calls, call => call.Endpoint == "im_get_attr_name");
        Assert.InRange(service.Calls.Count, 12, 21);
    });

    [Fact]
    public Task P2_without_the_names_splitting_finds_the_row() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call =>
            call.Endpoint == "im_get_attr_name" ? Answers.Code(90009) : call.Body.Contains("town", StringComparison.Ordinal) ? Answers.Code(90033) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(lab.Set, Enumerable.Range(1, 100).Select(i => Row(i, $"u{i}", i == 77 ? "town" : "city")));
        Assert.Equal("u77", Assert.Single(results, result => result.Status != ChatResultStatus.Succeeded).UserId);
    });

    [Fact]
    public Task P2_rows_merged_for_one_account_are_taken_apart() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Body.Contains("too long", StringComparison.Ordinal) ? Answers.Code(90030) : Answers.Ok());
        using var lab = new Lab(time, clock, service);
        AttributeRow[] rows =
        [
            Rows.Set(1, "u1", ("city", "Rome")),
            Rows.Set(2, "u1", ("city", "Paris"), ("sex", "too long")),
            Rows.Set(3, "u1", ("level", "3")),
            Rows.Set(4, "u2", ("level", "4")),
        ];
        List<ChatResult> results = lab.Run(lab.Set, rows);
        Assert.Equal([ChatResultStatus.Succeeded, ChatResultStatus.Failed, ChatResultStatus.Succeeded, ChatResultStatus.Succeeded], results.Select(result => result.Status));
        Assert.Contains("Rome", service.Calls.First(call => call.Body.Contains("Rome", StringComparison.Ordinal) && call.Accounts.Count == 1).Body, StringComparison.Ordinal);
    });

    [Fact]
    public Task P2_a_merged_account_that_the_answer_names_as_bad_is_taken_apart() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Body.Contains("\"sex\"", StringComparison.Ordinal) ? Answers.ErrorList(("u1", 90035)) : Answers.Ok());
        using var lab = new Lab(time, clock, service, options => options with { AttributeService = AttributeService.TimPush });
        AttributeRow[] rows = [Rows.Set(1, "u1", ("sex", "f")), Rows.Set(2, "u1", ("city", "Paris")), Rows.Set(3, "u2", ("city", "Rome"))];
        List<ChatResult> results = lab.Run(lab.Set, rows);
        Assert.Equal([ChatResultStatus.Failed, ChatResultStatus.Succeeded, ChatResultStatus.Succeeded], results.Select(result => result.Status));
        Assert.Equal([2, 2, 1], results.Select(result => result.Attempts));
        Assert.Equal(3, service.Calls.Count);
    });

    [Fact]
    public Task P2_learned_names_spare_merged_rows_their_calls_as_well() => VirtualTime.RunAsync((time, clock) =>
    {
        // Every account comes twice, once with a name that the app does not have.
        using ScriptedService service = Naming(clock, "city");
        using var lab = new Lab(time, clock, service);
        List<ChatResult> results = lab.Run(
            lab.Set, Enumerable.Range(1, 1000).Select(i => Row(i, $"u{(i + 1) / 2}", i % 2 == 0 ? "town" : "city")), new BulkOptions { ThrottleLimit = 1 });
        Assert.All(results, result => Assert.Equal(result.Row % 2 == 0 ? ChatResultStatus.Failed : ChatResultStatus.Succeeded, result.Status));
        Assert.Equal(12, service.Calls.Count);
    });

    private static AttributeRow Row(long number, string userId, string name) => Rows.Set(number, userId, (name, "x"));

    private static ScriptedService Refusing(FakeClock clock, int code, params string[] bad) =>
        new(clock, call => call.Accounts.Intersect(bad).Any() ? Answers.Code(code) : Answers.Ok());

    private static ScriptedService Naming(FakeClock clock, params string[] names) => new(clock, call =>
        call.Endpoint == "im_get_attr_name" ? Answers.Names(names)
        : call.Body.Contains("town", StringComparison.Ordinal) ? Answers.Code(90033, "invalid attribute")
        : Answers.Ok());
}
