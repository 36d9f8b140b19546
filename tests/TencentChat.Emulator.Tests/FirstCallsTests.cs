namespace TencentChat.Emulator.Tests;

public sealed class FirstCallsTests
{
    [Fact]
    public async Task Attributes_set_are_read_back_until_the_account_is_deleted()
    {
        using var harness = new Harness();
        Assert.Equal(0, (await harness.Call(Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"u1","Attrs":{"sex":"f","city":"巴黎"}}]}""")).Code);
        var read = await harness.Call(Harness.Push + "im_get_attr", """{"To_Account":["u1"]}""");
        Assert.Equal("OK", read.Json.GetProperty("ActionStatus").GetString());
        Assert.Equal(new Dictionary<string, string> { ["sex"] = "f", ["city"] = "巴黎" }, read.Attributes["u1"]);
        Assert.Equal(0, (await harness.Call(Harness.Push + "im_remove_attr", """{"UserAttrs":[{"To_Account":"u1","Attrs":["sex"]}]}""")).Code);
        Assert.Equal(new Dictionary<string, string> { ["city"] = "巴黎" }, harness.Emulator.State.AttributesOf("u1"));
        var deleted = await harness.Call(Harness.Login + "account_delete", """{"DeleteItem":[{"UserID":"u1"},{"UserID":"u2"}]}""");
        Assert.Equal(new Dictionary<string, int> { ["u1"] = 0, ["u2"] = 70107 }, deleted.Codes("ResultItem", "UserID", "ResultCode"));
        Assert.Equal(90048, (await harness.Call(Harness.Push + "im_get_attr", """{"To_Account":["u1"]}""")).Code);
        Assert.False(harness.Emulator.State.HasAccount("u1"));
    }
}
