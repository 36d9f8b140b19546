using TencentChat.Bulk;
using TencentChat.Operations.Tags;
using TencentChat.Protocol;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Operations.Tags;

/// <summary>What the tag commands send, to the letter (pages 37172 to 37175 and 60567 to 60570), and what answers mean for rows.</summary>
[Collection(VirtualTime.Collection)]
public sealed class TagRunTests
{
    [Theory]
    [InlineData(AttributeService.AllMemberPush, "v4/all_member_push/im_add_tag", "v4/all_member_push/im_remove_tag")]
    [InlineData(AttributeService.TimPush, "v4/timpush/add_tag", "v4/timpush/remove_tag")]
    public Task Adding_and_removing_send_users_with_their_tags(AttributeService family, string add, string remove) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        using Lab lab = Connect(time, clock, service, family);
        TagRow[] rows() => [Row(1, "u1", "vip", "beta"), Row(2, "u2", "贵宾")];
        Assert.All(lab.Run(new AddTags(family), rows()), IsSuccess);
        Assert.All(lab.Run(new RemoveTags(family), rows()), IsSuccess);
        Assert.Equal([add, remove], service.Calls.Select(call => call.Uri.AbsolutePath.TrimStart('/')));
        Assert.All(service.Calls, call => Assert.Equal("""{"UserTags":[{"To_Account":"u1","Tags":["vip","beta"]},{"To_Account":"u2","Tags":["贵宾"]}]}""", call.Body));
    });

    [Theory]
    [InlineData(AttributeService.AllMemberPush, "v4/all_member_push/im_get_tag", "v4/all_member_push/im_remove_all_tags")]
    [InlineData(AttributeService.TimPush, "v4/timpush/get_tag", "v4/timpush/clear_all_tags")]
    public Task Reading_and_clearing_send_users_alone(AttributeService family, string get, string clear) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Json("""{"ErrorCode":0,"UserTags":[{"To_Account":"u2","Tags":["b","a"]},{"To_Account":"u1","Tags":[]}]}"""));
        using Lab lab = Connect(time, clock, service, family);
        var reading = new GetTags(family);
        List<ChatResult> read = lab.Run(reading, [reading.NewRow(1, "u1", null), reading.NewRow(2, "u2", null)]);
        Assert.All(read, IsSuccess);
        Assert.Empty(((UserTagsResult)read[0]).Tags);
        Assert.Equal(["a", "b"], ((UserTagsResult)read[1]).Tags);
        Assert.All(lab.Run(new ClearTags(family), Rows.Plain(2)), IsSuccess);
        Assert.Equal([get, clear], service.Calls.Select(call => call.Uri.AbsolutePath.TrimStart('/')));
        Assert.All(service.Calls, call => Assert.Equal("""{"To_Account":["u1","u2"]}""", call.Body));
    });

    [Fact]
    public Task A_user_whom_a_read_leaves_out_or_lists_as_an_error_was_not_read() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Json(
            """{"ErrorCode":0,"UserTags":[{"To_Account":"u1","Tags":["a"]}],"ErrorList":[{"To_Account":"u2","ErrorCode":70107}]}"""));
        using Lab lab = Connect(time, clock, service, AttributeService.TimPush);
        var reading = new GetTags(AttributeService.TimPush);
        List<ChatResult> read = lab.Run(reading, [.. Enumerable.Range(1, 3).Select(i => reading.NewRow(i, $"u{i}", null))]);
        Assert.Equal([ChatResultStatus.Succeeded, ChatResultStatus.Failed, ChatResultStatus.Failed], read.Select(row => row.Status));
        Assert.Equal("AccountNotFound", read[1].ErrorId);
        Assert.Equal("AccountNotFound", read[2].ErrorId);
    });

    [Theory]
    [InlineData("""{"ErrorCode":0,"ErrorList":[{"To_Account":"u1","ErrorCode":0}]}""")]
    [InlineData("""{"ErrorCode":0,"UserAttrs":[{"To_Account":"u1","Attrs":{"city":"Paris"}}]}""")]
    public Task P12_a_user_whom_no_list_of_tags_names_was_not_read(string answer) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Json(answer));
        using Lab lab = Connect(time, clock, service, AttributeService.TimPush);
        var reading = new GetTags(AttributeService.TimPush);
        Assert.Equal("AccountNotFound", Assert.Single(lab.Run(reading, [reading.NewRow(1, "u1", null)])).ErrorId);
    });

    [Theory]
    [InlineData("""{"ErrorCode":0,"UserTags":[{"To_Account":"u1","Tags":["a"]}],"ErrorList":[{"To_Account":"u1","ErrorCode":0}]}""", "a")]
    [InlineData("""{"ErrorCode":0,"UserTags":[{"To_Account":"u1"}]}""", "")]
    [InlineData("""{"ErrorCode":0,"UserTags":[{"To_Account":"u1","Tags":null}]}""", "")]
    [InlineData("""{"ErrorCode":0,"UserTags":[{"To_Account":"u1","Tags":["b","a"]},{"To_Account":"u1","Tags":["a","b"]}]}""", "a,b")]
    public Task A_user_whom_a_list_of_tags_names_has_what_it_says(string answer, string tags) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Json(answer));
        using Lab lab = Connect(time, clock, service, AttributeService.TimPush);
        var reading = new GetTags(AttributeService.TimPush);
        ChatResult read = Assert.Single(lab.Run(reading, [reading.NewRow(1, "u1", null)]));
        IsSuccess(read);
        Assert.Equal(tags, string.Join(',', ((UserTagsResult)read).Tags));
    });

    [Fact]
    public Task More_than_ten_tags_go_in_calls_one_after_the_other_and_come_to_one_result() => VirtualTime.RunAsync((time, clock) =>
    {
        int inFlight = 0;
        using var service = new ScriptedService(clock, async call =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inFlight));
            HttpResponseMessage answer = await Answers.LaterAsync(clock, call, TimeSpan.FromMilliseconds(200), Answers.Ok);
            Interlocked.Decrement(ref inFlight);
            return answer;
        });
        using Lab lab = Connect(time, clock, service);
        List<ChatResult> results = lab.Run(new AddTags(AttributeService.AllMemberPush), [Row(1, "u1", Tags(25)), Row(2, "u2", "one"), Row(3, "u3", Tags(10))]);
        Assert.Equal([3, 1, 1], results.Select(result => result.Attempts));
        Assert.All(results, IsSuccess);
        Assert.Equal([["u1", "u2", "u3"], ["u1"], ["u1"]], service.Calls.Select(call => call.Accounts));
        Assert.Equal($$"""{"UserTags":[{"To_Account":"u1","Tags":["t21","t22","t23","t24","t25"]}]}""", service.Calls[2].Body);
    });

    [Fact]
    public Task What_a_broken_off_user_already_got_is_told() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number == 1 ? Answers.Ok() : Answers.ErrorList(("u1", 90035)));
        using Lab lab = Connect(time, clock, service, AttributeService.TimPush);
        ChatResult result = Assert.Single(lab.Run(new AddTags(AttributeService.TimPush), [Row(1, "u1", Tags(25))]));
        Assert.Equal((ChatResultStatus.Failed, 90035, 2), (result.Status, result.ErrorCode, service.Calls.Count));
        Assert.Contains("10 of 25 tags were sent", result.Message, StringComparison.Ordinal);
    });

    [Fact]
    public Task P3_rows_of_one_user_in_a_batch_are_one_set() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        using Lab lab = Connect(time, clock, service);
        List<ChatResult> results = lab.Run(new AddTags(AttributeService.AllMemberPush), [Row(1, "u1", "a", "b"), Row(2, "u2", "x"), Row(3, "u1", "b", "c")]);
        Assert.All(results, IsSuccess);
        Assert.Equal("""{"UserTags":[{"To_Account":"u1","Tags":["a","b","c"]},{"To_Account":"u2","Tags":["x"]}]}""", Assert.Single(service.Calls).Body);
    });

    [Fact]
    public Task P2_a_user_whom_the_service_refuses_does_not_fail_the_neighbours() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.ErrorList(("u2", 90035)));
        using Lab lab = Connect(time, clock, service, AttributeService.TimPush);
        List<ChatResult> results = lab.Run(new AddTags(AttributeService.TimPush), [Row(1, "u1", "a"), Row(2, "u2", "a"), Row(3, "u3", "a")]);
        Assert.Equal([null, "WrongAccountType", null], results.Select(result => result.ErrorId));
    });

    [Fact]
    public Task P6_tags_are_sent_again_after_an_unclear_answer() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number == 1 ? throw Answers.Broken() : Answers.Ok());
        using Lab lab = Connect(time, clock, service);
        ChatResult result = Assert.Single(lab.Run(new AddTags(AttributeService.AllMemberPush), [Row(1, "u1", "a")]));
        Assert.Equal((ChatResultStatus.Succeeded, 2), (result.Status, result.Attempts));
    });

    [Fact]
    public Task P6_users_whose_smaller_call_was_answered_are_not_unknown_and_get_their_other_tags() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Accounts.Contains("u3") ? throw Answers.Broken() : Answers.Ok());
        using Lab lab = Connect(time, clock, service);
        List<ChatResult> results = lab.Run(new AddTags(AttributeService.AllMemberPush), [.. Enumerable.Range(1, 4).Select(i => Row(i, $"u{i}", Tags(12)))]);
        Assert.Equal([ChatResultStatus.Succeeded, ChatResultStatus.Succeeded, ChatResultStatus.Unknown, ChatResultStatus.Succeeded], results.Select(result => result.Status));
        Assert.Equal(["u1", "u2", "u4"], service.Calls[^1].Accounts);
        Assert.Contains("t12", service.Calls[^1].Body, StringComparison.Ordinal);
    });

    [Fact]
    public Task What_was_answered_in_the_end_leaves_no_doubt_behind() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Number switch
        {
            1 => throw Answers.Broken(),
            2 => Answers.Ok(),
            _ => Answers.Code(90045),
        });
        using Lab lab = Connect(time, clock, service);
        ChatResult result = Assert.Single(lab.Run(new AddTags(AttributeService.AllMemberPush), [Row(1, "u1", Tags(12))]));
        Assert.Equal((ChatResultStatus.Failed, 90045), (result.Status, result.ErrorCode));
        Assert.Contains("10 of 12 tags were sent", result.Message, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("InvalidTag", "")]
    [InlineData("InvalidTag", " \t")]
    [InlineData("InvalidTag", "ééééééééééééééééééééééééé1")]
    public void P10_a_tag_that_cannot_be_is_told_before_anything_is_sent(string errorId, string tag)
    {
        TagRow row = Row(1, "u1", "fine", tag);
        Assert.Equal((ChatResultStatus.Failed, errorId), (row.Status, row.ErrorId));
    }

    // Not as data of the theory: that goes through UTF-8, which has no half characters.
    [Fact]
    public void P10_a_tag_with_half_a_character_is_told() => Assert.Equal("InvalidText", Row(1, "u1", "a\ud800").ErrorId);

    [Fact]
    public void P10_fifty_bytes_and_a_hundred_tags_are_not_too_much_and_one_more_is()
    {
        Assert.False(Row(1, "u1", "ééééééééééééééééééééééééé").IsSettled);
        Assert.False(Row(1, "u1", Tags(100)).IsSettled);
        TagRow row = Row(1, "u1", Tags(101));
        Assert.Equal((ChatResultStatus.Failed, "TooManyTags"), (row.Status, row.ErrorId));
        Assert.Contains("101", row.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_without_tags_asks_for_nothing_and_a_row_without_a_user_is_wrong()
    {
        Assert.Equal(ChatResultStatus.Skipped, Row(1, "u1").Status);
        Assert.Equal("MissingUserId", Row(1, " ", "a").ErrorId);
    }

    private static void IsSuccess(ChatResult result) => Assert.Equal((ChatResultStatus.Succeeded, null), (result.Status, result.Message));

    private static string[] Tags(int count) => [.. Enumerable.Range(1, count).Select(i => $"t{i}")];

    private static TagRow Row(long number, string userId, params string[] tags) => TagRows.NewRow(number, userId, null, tags);

    private static Lab Connect(VirtualTime time, FakeClock clock, ScriptedService service, AttributeService family = AttributeService.AllMemberPush) =>
        new(time, clock, service, options => options with { AttributeService = family });
}
