using TencentChat.Bulk;
using TencentChat.Operations.Tags;
using TencentChat.Protocol;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Operations.Tags;

/// <summary>Exactly these tags and no others: what a table comes to, and the calls that bring it about.</summary>
[Collection(VirtualTime.Collection)]
public sealed class SetTagsTests
{
    private const string NotSent = "Not sent: declined.";

    [Fact]
    public void Rows_of_one_user_far_apart_are_one_list_and_asked_about_once()
    {
        var table = new TagTable();
        table.Add(Row(1, "u1", "a"));
        for (int i = 2; i < 2000; i++)
        {
            table.Add(Row(i, $"other{i}", "x"));
        }

        table.Add(Row(2000, "u1", "b"));
        foreach (string userId in table.UserIds.ToArray())
        {
            table.TakeReading(Read(userId, "old"));
        }

        var asked = new List<string>();
        SetTagsResult[] planned = [.. table.TakeReady(row => { asked.Add(row.UserId); return true; }, NotSent)];
        Assert.Equal(2000, planned.Length);
        Assert.Equal(1999, asked.Count);
        Assert.All([planned[0], planned[^1]], row => Assert.Equal("add a, b; remove old", row.Changes));
    }

    [Fact]
    public void Rows_wait_in_their_order_until_their_user_is_read()
    {
        var table = new TagTable();
        table.Add(Row(1, "u1", "a"));
        table.Add(Row(2, "u2", "a"));
        table.TakeReading(Read("u2"));
        Assert.Empty(table.TakeReady(_ => true, NotSent));
        table.TakeReading(Read("u1"));
        Assert.Equal(["u1", "u2"], table.TakeReady(_ => true, NotSent).Select(row => row.UserId));
    }

    [Fact]
    public void A_user_who_has_these_tags_already_is_unchanged_and_not_asked_about()
    {
        SetTagsResult row = Assert.Single(Plan(Read("u1", "b", "a"), _ => throw new InvalidOperationException("Asked."), Row(1, "u1", "a", "b")));
        Assert.Equal(ChatResultStatus.Unchanged, row.Status);
    }

    [Fact]
    public void P8_a_declined_user_keeps_all_rows_unsent() => Assert.All(
        Plan(Read("u1"), _ => false, Row(1, "u1", "a"), Row(2, "u1", "b")),
        row => Assert.Equal((ChatResultStatus.Skipped, NotSent), (row.Status, row.Message)));

    [Fact]
    public void P12_a_user_who_could_not_be_read_is_not_taken_for_one_without_tags()
    {
        UserTagsResult unread = new(1, "u1", null);
        unread.Fail(TencentChat.Errors.ClientErrors.AccountNotReturned);
        SetTagsResult row = Assert.Single(Plan(unread, _ => true, Row(1, "u1", "a")));
        Assert.Equal((ChatResultStatus.Failed, 0, 0), (row.Status, row.Added.Count, row.Removed.Count));
    }

    [Fact]
    public void A_user_whose_tags_were_never_read_was_not_changed_and_that_is_known()
    {
        UserTagsResult unread = new(1, "u1", null);
        unread.Settle(ChatResultStatus.Unknown, 2, "No answer.", TencentChat.Errors.ClientErrors.NoAnswer);
        SetTagsResult row = Assert.Single(Plan(unread, _ => true, Row(1, "u1", "a")));
        Assert.Equal((ChatResultStatus.Failed, "NoAnswer", 2), (row.Status, row.ErrorId, row.Attempts));
        Assert.Equal("No answer. The user's tags could not be read, so nothing was changed.", row.Message);
    }

    [Fact]
    public void A_user_with_a_bad_row_loses_no_tag_since_the_whole_list_is_not_known()
    {
        SetTagsResult[] rows = Plan(Read("u1", "keep"), _ => throw new InvalidOperationException("Asked."), Row(1, "u1", "a"), Row(2, "u1", new string('x', 51)));
        Assert.Equal([(ChatResultStatus.Skipped, "OtherRowFailed"), (ChatResultStatus.Failed, "InvalidTag")], rows.Select(row => (row.Status, row.ErrorId)));
        Assert.Contains("row 2", rows[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_a_hundred_tags_in_all_rows_of_a_user_are_refused() => Assert.All(
        Plan(Read("u1"), _ => true, Row(1, "u1", Tags("a", 60)), Row(2, "u1", Tags("b", 60))),
        row => Assert.Equal("TooManyTags", row.ErrorId));

    [Fact]
    public Task The_push_service_replaces_the_list_in_one_call_and_never_splits_it() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        string[] tags = Tags("t", 25);
        ChatResult result = Assert.Single(Set(time, clock, service, AttributeService.TimPush, Plan(Read("u1", "old"), _ => true, Row(1, "u1", tags))));
        Assert.Equal((ChatResultStatus.Succeeded, 1), (result.Status, result.Attempts));
        ScriptedCall call = Assert.Single(service.Calls);
        Assert.Equal("add_tag", call.Endpoint);
        Assert.Equal($$"""{"UserTags":[{"To_Account":"u1","Tags":[{{string.Join(',', tags.Select(tag => $"\"{tag}\""))}}],"Replace":1}]}""", call.Body);
    });

    [Fact]
    public Task Push_to_all_users_adds_first_and_then_removes_by_tens() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        ChatResult result = Assert.Single(Set(time, clock, service, AttributeService.AllMemberPush, Plan(Read("u1", Tags("old", 12)), _ => true, Row(1, "u1", Tags("new", 11)))));
        Assert.Equal((ChatResultStatus.Succeeded, 4), (result.Status, result.Attempts));
        Assert.Equal(["im_add_tag", "im_add_tag", "im_remove_tag", "im_remove_tag"], service.Calls.Select(call => call.Endpoint));
        Assert.Equal("""{"UserTags":[{"To_Account":"u1","Tags":["new11"]}]}""", service.Calls[1].Body);
        Assert.All(service.Calls, call => Assert.DoesNotContain("Replace", call.Body, StringComparison.Ordinal));
    });

    [Fact]
    public Task A_user_without_room_for_both_gives_up_the_old_tags_first() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        SetTagsResult[] rows = [.. Plan(Read("full", Tags("old", 95)), _ => true, Row(1, "full", Tags("new", 6))), .. Plan(Read("u2", "old"), _ => true, Row(2, "u2", "new"))];
        Assert.All(Set(time, clock, service, AttributeService.AllMemberPush, rows), row => Assert.Equal(ChatResultStatus.Succeeded, row.Status));
        Assert.Equal([.. Enumerable.Repeat("im_remove_tag", 10), "im_add_tag", "im_remove_tag"], service.Calls.Select(call => call.Endpoint));
        Assert.Equal(["full", "u2"], service.Calls[10].Accounts);
        Assert.Equal(["u2"], service.Calls[11].Accounts);
    });

    [Fact]
    public Task Nothing_is_removed_from_a_user_whose_new_tags_were_refused() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Endpoint == "im_add_tag" ? Answers.Code(90034) : Answers.Ok());
        ChatResult result = Assert.Single(Set(time, clock, service, AttributeService.AllMemberPush, Plan(Read("u1", "old"), _ => true, Row(1, "u1", "new"))));
        Assert.Equal((ChatResultStatus.Failed, "InvalidTag"), (result.Status, result.ErrorId));
        Assert.Single(service.Calls);
    });

    [Fact]
    public Task What_was_done_before_a_failure_is_told() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Endpoint == "im_add_tag" ? Answers.Ok() : Answers.Code(90048));
        ChatResult result = Assert.Single(Set(time, clock, service, AttributeService.AllMemberPush, Plan(Read("u1", "old"), _ => true, Row(1, "u1", "new"))));
        Assert.Equal(ChatResultStatus.Failed, result.Status);
        Assert.Contains("tags were added", result.Message, StringComparison.Ordinal);
    });

    private static List<ChatResult> Set(VirtualTime time, FakeClock clock, ScriptedService service, AttributeService family, SetTagsResult[] rows)
    {
        using var lab = new Lab(time, clock, service, options => options with { AttributeService = family });
        return lab.Run(new SetTags(family), rows);
    }

    private static SetTagsResult[] Plan(UserTagsResult read, Func<SetTagsResult, bool> ask, params TagRow[] rows)
    {
        var table = new TagTable();
        foreach (TagRow row in rows)
        {
            table.Add(row);
        }

        table.TakeReading(read);
        return [.. table.TakeReady(ask, NotSent)];
    }

    private static TagRow Row(long number, string userId, params string[] tags) => TagRows.NewRow(number, userId, null, tags);

    private static string[] Tags(string prefix, int count) => [.. Enumerable.Range(1, count).Select(i => $"{prefix}{i}")];

    private static UserTagsResult Read(string userId, params string[] tags)
    {
        var read = new UserTagsResult(1, userId, null) { Tags = tags };
        read.Settle(ChatResultStatus.Succeeded);
        return read;
    }
}
