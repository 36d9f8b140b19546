using System.Text;
using TencentChat.Calls;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Tests.Protocol;

public sealed class UnreadableReplyTests
{
    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("\uFEFF", "it is empty")]
    [InlineData("  ", "it is not complete, valid JSON")]
    [InlineData("<html>502</html>", "it is not complete, valid JSON")]
    [InlineData("null", "it is not a JSON object")]
    [InlineData("[]", "it is not a JSON object")]
    [InlineData("0", "it is not a JSON object")]
    [InlineData("{}", "it has no ErrorCode")]
    [InlineData("""{"ActionStatus":"OK","ErrorInfo":""}""", "it has no ErrorCode")]
    [InlineData("""{"errorcode":0}""", "it has no ErrorCode")]
    [InlineData("""{"ErrorCode":0""", "it is not complete, valid JSON")]
    [InlineData("""{"ErrorCode":0} x""", "it is not complete, valid JSON")]
    [InlineData("""{"ErrorCode":0}{"ErrorCode":0}""", "it is not complete, valid JSON")]
    [InlineData("{\"ErrorCode\":0}\0", "it is not complete, valid JSON")]
    [InlineData("""{"ErrorCode":0,}""", "it is not complete, valid JSON")]
    [InlineData("""{"ErrorCode":0 /* fine */}""", "it is not complete, valid JSON")]
    [InlineData("""{"ErrorCode":"0"}""", "ErrorCode is not an integer of 32 bits")]
    [InlineData("""{"ErrorCode":null}""", "ErrorCode is not an integer of 32 bits")]
    [InlineData("""{"ErrorCode":0.5}""", "ErrorCode is not an integer of 32 bits")]
    [InlineData("""{"ErrorCode":4294967295}""", "ErrorCode is not an integer of 32 bits")]
    [InlineData("""{"ErrorCode":1e400}""", "ErrorCode is not an integer of 32 bits")]
    [InlineData("""{"ErrorCode":0,"ErrorCode":60007}""", "ErrorCode is in it twice")]
    [InlineData("""{"ErrorCode":0,"UserAttrs":[],"UserAttrs":[]}""", "UserAttrs is in it twice")]
    [InlineData("""{"ErrorCode":0,"ActionStatus":1}""", "ActionStatus has another type than it should")]
    [InlineData("""{"ErrorCode":0,"ErrorInfo":{}}""", "ErrorInfo has another type than it should")]
    [InlineData("""{"ErrorCode":0,"UserAttrs":{}}""", "UserAttrs has another type than it should")]
    [InlineData("""{"ErrorCode":0,"UserAttrs":["u"]}""", "UserAttrs: an element is not an object")]
    [InlineData("""{"ErrorCode":0,"UserAttrs":[{"Attrs":{}}]}""", "UserAttrs: an element names no account")]
    [InlineData("""{"ErrorCode":0,"UserAttrs":[{"To_Account":1}]}""", "an account has another type than it should")]
    [InlineData("""{"ErrorCode":0,"UserAttrs":[{"To_Account":"u","Attrs":["sex"]}]}""", "Attrs has another type than it should")]
    [InlineData("""{"ErrorCode":0,"UserAttrs":[{"To_Account":"u","Attrs":{"a":{}}}]}""", "an attribute's value is not a text")]
    [InlineData("""{"ErrorCode":0,"ResultItem":[{"UserID":"u"}]}""", "ResultItem: an element has no code")]
    [InlineData("""{"ErrorCode":0,"ResultItem":[{"UserID":"u","UserID":"v","ResultCode":0}]}""", "an element's account is in it twice")]
    [InlineData("""{"ErrorCode":0,"ResultItem":[{"UserID":"u","ResultCode":"0"}]}""", "an element's code is not an integer of 32 bits")]
    [InlineData("""{"ErrorCode":0,"ErrorList":[{"To_Account":"u"}]}""", "ErrorList: an element has no code")]
    [InlineData("""{"ErrorCode":0,"FailAccounts":"u"}""", "FailAccounts has another type than it should")]
    [InlineData("""{"ErrorCode":0,"FailAccounts":[null]}""", "FailAccounts: an element is not a text")]
    [InlineData("""{"ErrorCode":0,"QueryResult":[{"To_Account":"u","Detail":[1]}]}""", "Detail: an element is not an object")]
    [InlineData("""{"ErrorCode":0,"ActionStatus":"FAIL"}""", "its ActionStatus says FAIL and its ErrorCode 0")]
    [InlineData("""{"ErrorCode":0,"ResultItem":[{"UserID":"u","ResultCode":0},{"UserID":"u","ResultCode":1}]}""", "it says two things of one account")]
    [InlineData("""{"ErrorCode":0,"ErrorList":[{"To_Account":"u","ErrorCode":1},{"To_Account":"u","ErrorCode":2}]}""", "it says two things of one account")]
    [InlineData("""{"ErrorCode":0,"UserAttrs":[{"To_Account":"u","Attrs":{"a":"1"}},{"To_Account":"u","Attrs":{"a":"2"}}]}""", "it says two things of one account")]
    [InlineData("""{"ErrorCode":0,"UserTags":[{"To_Account":"u","Tags":["a"]},{"To_Account":"u","Tags":["a","b"]}]}""", "it says two things of one account")]
    [InlineData("""{"ErrorCode":0,"UserTags":[{"To_Account":"u","Tags":"a"}]}""", "Tags has another type than it should")]
    [InlineData("""{"ErrorCode":0,"UserTags":[{"To_Account":"u","Tags":[1]}]}""", "Tags: an element is not a text")]
    [InlineData("""{"ErrorCode":0,"TaskId":7}""", "TaskId has another type than it should")]
    [InlineData("""{"ErrorCode":0,"AttrNames":{"x":"sex"}}""", "a slot is not a number")]
    [InlineData("""{"ErrorCode":0,"AttrNames":{"0":"a","0":"b"}}""", "a slot of AttrNames is in it twice")]
    [InlineData("""{"ErrorCode":0,"AttrNames":["sex"]}""", "AttrNames has another type than it should")]
    [InlineData("""{"ErrorCode":0,"AttrTypes":{"0":"0"}}""", "an attribute's type is not an integer of 32 bits")]
    [InlineData("""{"ErrorCode":0,"FailAccounts":["\ud800"]}""", "a text in it is not valid Unicode")]
    public void A_reply_that_is_broken_says_how(string json, string reason)
    {
        ChatProtocolException error = Assert.Throws<ChatProtocolException>(() => ReplyReader.Read(Encoding.UTF8.GetBytes(json)));
        Assert.StartsWith(reason, error.Message, StringComparison.Ordinal);
        Assert.StartsWith($"The answer could not be read. ({reason}", Verdict.Of(error).Error!.Describe(Verdict.Of(error).Info), StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_that_is_not_unicode_cannot_be_matched_and_is_refused()
    {
        byte[] json = [.. "{\"ErrorCode\":0,\"FailAccounts\":[\""u8, 0xFF, 0xC3, .. "\"]}"u8];
        ChatProtocolException error = Assert.Throws<ChatProtocolException>(() => ReplyReader.Read(json));
        Assert.Equal(31, error.Offset);
    }

    [Theory]
    [InlineData("""{"ErrorCode":"x"}""", 13)]
    [InlineData("\uFEFF{\"ErrorCode\":\"x\"}", 16)]
    [InlineData("""{"ErrorCode":0""", 14)]
    public void The_offset_is_where_reading_stopped(string json, long offset) => Assert.Equal(
        offset, Assert.Throws<ChatProtocolException>(() => ReplyReader.Read(Encoding.UTF8.GetBytes(json))).Offset);

    [Theory]
    [InlineData(60, true)]
    [InlineData(100, false)]
    [InlineData(100_000, false)]
    public void Nesting_is_bounded(int depth, bool readable)
    {
        byte[] json = Encoding.UTF8.GetBytes(
            "{\"X\":" + string.Concat(Enumerable.Repeat("[", depth)) + string.Concat(Enumerable.Repeat("]", depth)) + ",\"ErrorCode\":0}");
        if (readable)
        {
            Assert.Equal(0, ReplyReader.Read(json).ErrorCode);
        }
        else
        {
            Assert.Throws<ChatProtocolException>(() => ReplyReader.Read(json));
        }
    }

    [Fact]
    public void Every_documented_reply_that_is_cut_short_is_refused()
    {
        foreach (string sample in ReplySamples.All)
        {
            byte[] json = Encoding.UTF8.GetBytes(sample);
            for (int length = 0; length < json.Length; length++)
            {
                Assert.Throws<ChatProtocolException>(() => ReplyReader.Read(json.AsSpan(0, length)));
            }
        }
    }
}
