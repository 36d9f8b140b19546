using System.Globalization;
using System.Text;
using TencentChat.Protocol;

namespace TencentChat.Tests.Protocol;

public sealed class ReplyReaderTests
{
    [Fact]
    public void A_plain_success_has_nothing_but_its_code()
    {
        ChatReply reply = Read(ReplySamples.Ok);
        Assert.Equal((0, "OK", null), (reply.ErrorCode, reply.ActionStatus, reply.ErrorInfo));
        Assert.Empty(reply.Items);
        Assert.Empty(reply.Errors);
        Assert.Empty(reply.FailAccounts);
        Assert.Null(reply.AttributeNames);
        Assert.Null(reply.AttributeTypes);
    }

    [Fact]
    public void Attribute_names_come_by_slot()
    {
        ChatReply reply = Read(ReplySamples.AttributeNames);
        Assert.Equal(
            new Dictionary<int, string> { [0] = "sex", [1] = "city", [2] = "country" },
            reply.AttributeNames!.ToDictionary());
        Assert.Null(reply.AttributeTypes);
    }

    [Fact]
    public void Attribute_types_come_with_their_names()
    {
        ChatReply reply = Read(ReplySamples.AttributeNamesWithTypes);
        Assert.Equal(new Dictionary<int, string> { [0] = "sex", [1] = "city" }, reply.AttributeNames!.ToDictionary());
        Assert.Equal(new Dictionary<int, int> { [0] = 0, [1] = 1 }, reply.AttributeTypes!.ToDictionary());
    }

    [Fact]
    public void Attributes_come_by_account_in_the_replys_order()
    {
        ChatReply reply = Read(ReplySamples.Attributes);
        Assert.Equal(["Zhang San", "abc", "陈😀"], reply.Items.Select(item => item.UserId));
        Assert.Equal([new("sex", "attr1"), new("city", "attr2")], reply.Items[0].Attributes!);
        Assert.Empty(reply.Items[1].Attributes!);
        Assert.Equal([new("city", "北京"), new("sex", "attr3")], reply.Items[2].Attributes!);
    }

    [Fact]
    public void Accounts_that_failed_come_beside_those_that_did_not()
    {
        ChatReply reply = Read(ReplySamples.AttributesWithErrors);
        Assert.Equal("379C2F0D-290D-47AE-94D1-919058C39C77", Assert.Single(reply.Items).UserId);
        Assert.Equal(
            [("u2", 70107, "account not exist"), ("u3", 70107, null)],
            reply.Errors.Select(item => (item.UserId, item.Code, item.Info)));
    }

    [Fact]
    public void A_success_may_hold_failed_accounts_only()
    {
        ChatReply reply = Read(ReplySamples.SetWithErrors);
        Assert.Equal(0, reply.ErrorCode);
        ReplyItem failed = Assert.Single(reply.Errors);
        Assert.Equal(("u1", 90035, null), (failed.UserId, failed.Code, failed.Info));
    }

    [Fact]
    public void A_refusal_keeps_its_code_and_words()
    {
        ChatReply reply = Read(ReplySamples.DuplicateName);
        Assert.Equal((90033, "FAIL", "attrName:city already exists at index:1"), (reply.ErrorCode, reply.ActionStatus, reply.ErrorInfo));
        Assert.Equal(60002, Read(ReplySamples.Gateway).ErrorCode);
        Assert.Equal("Err_Profile_Comm_Decode_Fail", Read(ReplySamples.WithDisplay).ErrorInfo);
    }

    [Fact]
    public void A_delete_tells_of_each_account() => Assert.Equal(
        [("UserID_1", 70107, "Err_TLS_PT_Open_Login_Account_Not_Exist"), ("UserID_2", 0, null)],
        Read(ReplySamples.Deleted).Items.Select(item => (item.UserId, item.Code, item.Info)));

    [Fact]
    public void A_check_tells_whether_each_account_is_imported() => Assert.Equal(
        [("UserID_1", 0, "NotImported"), ("UserID_2", 0, "Imported"), ("UserID_3", 70169, null)],
        Read(ReplySamples.Checked).Items.Select(item => (item.UserId, item.Code, item.AccountStatus)));

    [Fact]
    public void An_import_names_the_accounts_that_failed() =>
        Assert.Equal(["test2", "test3"], Read(ReplySamples.Imported).FailAccounts);

    [Fact]
    public void Online_state_is_read_under_either_name_with_its_platforms()
    {
        ChatReply reply = Read(ReplySamples.Online);
        Assert.Equal(
            [("id1", "Offline"), ("id2", "Online"), ("id3", "PushOnline")],
            reply.Items.Select(item => (item.UserId, item.OnlineState)));
        Assert.Null(reply.Items[0].Details);
        Assert.Equal([new OnlinePlatform("IPhone", "PushOnline"), new OnlinePlatform("Web", "Online")], reply.Items[1].Details!);
        Assert.Equal("id4", Assert.Single(reply.Errors).UserId);
    }

    [Theory]
    [InlineData("""{"ErrorCode":0,"ResultItem":[{"UserID":"u","ResultCode":0},{"UserID":"u","ResultCode":0}]}""")]
    [InlineData("""{"ErrorCode":0,"UserAttrs":[{"To_Account":"u","Attrs":{"a":"1","b":"2"}},{"To_Account":"u","Attrs":{"b":"2","a":"1"}}]}""")]
    [InlineData("""{"ErrorCode":0,"ErrorList":[{"To_Account":"u","ErrorCode":1},{"To_Account":"u","ErrorCode":1}]}""")]
    public void An_account_may_come_twice_when_both_say_the_same(string json) => Assert.NotNull(Read(json).Accounts.Find("u"));

    [Fact]
    public void An_account_among_the_results_and_the_errors_has_failed()
    {
        ChatReply reply = Read("""{"ErrorCode":0,"QueryResult":[{"To_Account":"u","State":"Online"}],"ErrorList":[{"To_Account":"u","ErrorCode":70107}]}""");
        Assert.Equal((70107, 1), (reply.Accounts.Find("u")!.Code, reply.Accounts.Failures));
        Assert.Null(reply.Accounts.Find("U"));
    }

    [Fact]
    public void Of_an_attribute_that_comes_twice_the_last_value_counts_and_it_is_there_once()
    {
        ReplyItem item = Assert.Single(Read("""{"ErrorCode":0,"UserAttrs":[{"To_Account":"u","Attrs":{"a":"1","b":"2","a":"3"}}]}""").Items);
        Assert.Equal([new("a", "3"), new("b", "2")], item.Attributes!);
    }

    [Fact]
    public void A_reply_may_lack_everything_but_the_code()
    {
        ChatReply reply = Read("""{"ErrorCode":70500}""");
        Assert.Equal((70500, null, null), (reply.ErrorCode, reply.ActionStatus, reply.ErrorInfo));
    }

    [Fact]
    public void A_byte_order_mark_white_space_and_unknown_members_are_passed_over()
    {
        ChatReply reply = Read("\uFEFF\r\n {\"X\":[{\"ErrorCode\":5}],\"Big\":4294967295,\"ErrorCode\":0,\"Y\":null}\n");
        Assert.Equal(0, reply.ErrorCode);
    }

    [Fact]
    public void Null_stands_for_an_absent_member()
    {
        ChatReply reply = Read(
            """
            {"ActionStatus":null,"ErrorInfo":null,"ErrorCode":0,"UserAttrs":null,"ResultItem":null,"QueryResult":null,
            "ErrorList":null,"FailAccounts":null,"AttrNames":null,"AttrTypes":null}
            """);
        Assert.Empty(reply.Items);
        Assert.Empty(reply.Errors);
        Assert.Empty(reply.FailAccounts);
        Assert.Null(reply.AttributeNames);
    }

    [Fact]
    public void Empty_lists_are_empty() => Assert.Empty(
        Read("""{"ErrorCode":0,"UserAttrs":[],"ErrorList":[],"FailAccounts":[]}""").Items);

    [Fact]
    public void An_attribute_without_a_value_is_left_out_and_another_scalar_is_its_text() => Assert.Equal(
        [new("b", "12.50"), new("c", "true"), new("d", "")],
        Read("""{"ErrorCode":0,"UserAttrs":[{"To_Account":"u","Attrs":{"a":null,"b":12.50,"c":true,"d":""}}]}""").Items[0].Attributes!);

    [Fact]
    public void An_account_may_have_no_attributes_member() =>
        Assert.Empty(Read("""{"ErrorCode":0,"UserAttrs":[{"To_Account":"u","Attrs":null}]}""").Items[0].Attributes!);

    [Fact]
    public void Slots_without_a_name_are_left_out() => Assert.Equal(
        new Dictionary<int, string> { [1] = "city" },
        Read("""{"ErrorCode":0,"AttrNames":{"0":"","1":"city","2":null}}""").AttributeNames!.ToDictionary());

    [Fact]
    public void Names_that_come_again_are_one_string_whatever_their_order_or_escapes()
    {
        ChatReply reply = Read(
            """
            {"ErrorCode":0,"UserAttrs":[{"To_Account":"a","Attrs":{"sex":"1","city":"2"}},
            {"To_Account":"b","Attrs":{"city":"3","s\u0065x":"4"}},{"To_Account":"c","Attrs":{"Sex":"5"}}]}
            """);
        Assert.Same(reply.Items[0].Attributes![0].Key, reply.Items[1].Attributes![1].Key);
        Assert.Same(reply.Items[0].Attributes![1].Key, reply.Items[1].Attributes![0].Key);
        Assert.Equal("Sex", reply.Items[2].Attributes![0].Key);
    }

    [Fact]
    public void More_names_than_are_remembered_are_still_right()
    {
        var json = new StringBuilder("""{"ErrorCode":0,"UserAttrs":[""");
        for (int user = 0; user < 3; user++)
        {
            json.Append(user > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"{{\"To_Account\":\"u{user}\",\"Attrs\":{{");
            json.AppendJoin(',', Enumerable.Range(0, 40).Select(i => $"\"n{i}\":\"{user}-{i}\"")).Append("}}");
        }

        ChatReply reply = Read(json.Append("]}").ToString());
        for (int user = 0; user < 3; user++)
        {
            Assert.Equal(
                Enumerable.Range(0, 40).Select(i => KeyValuePair.Create($"n{i}", $"{user}-{i}")), reply.Items[user].Attributes!);
        }
    }

    [Fact]
    public void A_hundred_accounts_of_ten_attributes_cost_little_more_than_their_values()
    {
        var json = new StringBuilder("""{"ErrorCode":0,"UserAttrs":[""");
        json.AppendJoin(',', Enumerable.Range(0, 100).Select(user =>
            $"{{\"To_Account\":\"u{user:000}\",\"Attrs\":{{{string.Join(',', Enumerable.Range(0, 10).Select(i => $"\"attribute{i}\":\"v{i}\""))}}}}}"));
        byte[] bytes = Encoding.UTF8.GetBytes(json.Append("]}").ToString());
        ReplyReader.Read(bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ChatReply reply = ReplyReader.Read(bytes);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // An account: its id, its item and its array (16 bytes an attribute); an attribute: its value's string of 32 bytes.
        Assert.Equal(100, reply.Items.Count);
        Assert.InRange(allocated, 0, 100 * (40 + 120 + 200 + (10 * 32)) + 8_000);
    }

    [Fact]
    public void The_services_words_are_cleaned()
    {
        ChatReply reply = Read("""{"ErrorCode":70003,"ErrorInfo":"bad \u001b[31m usersig=abc","ResultItem":[{"UserID":"u","ResultCode":1,"ResultInfo":"x\u0007 usersig=def"}]}""");
        Assert.Equal("bad [31m usersig=***", reply.ErrorInfo);
        Assert.Equal("x usersig=***", reply.Items[0].Info);
    }

    [Fact]
    public void Words_in_a_broken_encoding_do_not_cost_the_code()
    {
        byte[] json = [.. "{\"ErrorCode\":70107,\"ErrorInfo\":\""u8, 0xC4, 0xE3, 0xBA, 0xC3, .. " x\"}"u8];
        ChatReply reply = ReplyReader.Read(json);
        Assert.Equal(70107, reply.ErrorCode);
        Assert.EndsWith(" x", reply.ErrorInfo, StringComparison.Ordinal);
        Assert.Equal(70107, Read("""{"ErrorInfo":"\ud800","ErrorCode":70107}""").ErrorCode);
    }

    private static ChatReply Read(string json) => ReplyReader.Read(Encoding.UTF8.GetBytes(json));
}
