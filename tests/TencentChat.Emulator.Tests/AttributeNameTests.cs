using System.Text.Json;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

public sealed class AttributeNameTests
{
    public static TheoryData<string, string> Families => new() { { Harness.Push, "im_" }, { Harness.Tim, "" } };

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Names_are_set_slot_by_slot_and_read_back(string family, string prefix)
    {
        using var harness = new Harness();
        Assert.Equal(0, (await harness.Call($"{family}{prefix}set_attr_name", """{"AttrNames":{"9":"国家","1":"town"}}""")).Code);
        JsonElement names = (await harness.Call($"{family}{prefix}get_attr_name", "{}")).Json.GetProperty("AttrNames");
        Assert.Equal(
            new() { ["0"] = "sex", ["1"] = "town", ["2"] = "level", ["9"] = "国家" },
            names.EnumerateObject().ToDictionary(name => name.Name, name => name.Value.GetString()));
        Assert.Equal(new Dictionary<int, string> { [0] = "sex", [1] = "town", [2] = "level", [9] = "国家" }, harness.Emulator.State.AttributeNames);
    }

    [Theory]
    [InlineData("""{"AttrNames":{"0":"city"}}""", 90033, "attrName:city already exists at index:1")]
    [InlineData("""{"AttrNames":{"4":"a","5":"a"}}""", 90033, null)]
    [InlineData("""{"AttrNames":{"1":"city"}}""", 0, null)]
    [InlineData("""{"AttrNames":{"3":"City"}}""", 0, null)]
    [InlineData("""{"AttrNames":{"10":"a"}}""", 90033, null)]
    [InlineData("""{"AttrNames":{"-1":"a"}}""", 90033, null)]
    [InlineData("""{"AttrNames":{"a":"a"}}""", 90033, null)]
    [InlineData("""{"AttrNames":{"":"a"}}""", 90033, null)]
    [InlineData("""{"AttrNames":{"٣":"a"}}""", 90033, null)]
    [InlineData("""{"AttrNames":{"4":""}}""", 90033, null)]
    [InlineData("""{"AttrNames":{"4":"12345678901234567890123456789012345678901234567890"}}""", 0, null)]
    [InlineData("""{"AttrNames":{"4":"123456789012345678901234567890123456789012345678901"}}""", 90033, null)]
    [InlineData("""{"AttrNames":{"4":1}}""", 90001, null)]
    [InlineData("""{"AttrNames":{"4":"a","4":"b"}}""", 90001, null)]
    [InlineData("""{"AttrNames":{}}""", 90001, null)]
    [InlineData("""{"AttrNames":["a"]}""", 90001, null)]
    [InlineData("""{}""", 90001, null)]
    [InlineData("""{"AttrNames":{"4":"a"},"AttrTypes":{"4":0}}""", 90001, null)]
    public async Task A_bad_name_table_is_refused_as_a_whole(string body, int code, string? text)
    {
        using var harness = new Harness();
        Answer answer = await harness.Call(Harness.Push + "im_set_attr_name", body);
        Assert.Equal(code, answer.Code);
        Assert.Equal(text ?? answer.Info, answer.Info);
        if (code != 0)
        {
            Assert.Equal(["sex", "city", "level"], harness.Emulator.State.AttributeNames.OrderBy(name => name.Key).Select(name => name.Value));
        }
    }

    [Theory]
    [InlineData("""{"AttrNames":{"4":"a"},"AttrTypes":{"4":1}}""", 0)]
    [InlineData("""{"AttrNames":{"4":"a"},"AttrTypes":{"4":2}}""", 90001)]
    [InlineData("""{"AttrNames":{"4":"a"},"AttrTypes":{"4":"1"}}""", 90001)]
    [InlineData("""{"AttrNames":{"4":"a"},"AttrTypes":{"4":1.5}}""", 90001)]
    [InlineData("""{"AttrNames":{"4":"a"},"AttrTypes":{"4":99999999999999999999}}""", 90001)]
    [InlineData("""{"AttrNames":{"4":"a"},"AttrTypes":{"5":1}}""", 90033)]
    [InlineData("""{"AttrNames":{"1":"city"},"AttrTypes":{"1":1}}""", 90033)]
    [InlineData("""{"AttrNames":{"1":"city"},"AttrTypes":{"1":0}}""", 0)]
    [InlineData("""{"AttrNames":{"4":"a"},"AttrTypes":[]}""", 90001)]
    public async Task A_slots_type_is_given_once_and_never_changed(string body, int code)
    {
        using var harness = new Harness();
        Assert.Equal(code, (await harness.Call(Harness.Tim + "set_attr_name", body)).Code);
    }

    [Fact]
    public async Task Types_are_read_back_beside_the_names()
    {
        using var harness = new Harness(options => options.AttributeNames = []);
        await harness.Call(Harness.Tim + "set_attr_name", """{"AttrNames":{"0":"city","1":"model"},"AttrTypes":{"1":1}}""");
        await harness.Call(Harness.Tim + "set_attr_name", """{"AttrNames":{"1":"device"}}""");
        JsonElement types = (await harness.Call(Harness.Tim + "get_attr_name", "{}")).Json.GetProperty("AttrTypes");
        Assert.Equal((0, 1), (types.GetProperty("0").GetInt32(), types.GetProperty("1").GetInt32()));
        Assert.False((await harness.Call(Harness.Push + "im_get_attr_name", "{}")).Has("AttrTypes"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"a":1}""")]
    public async Task Even_a_question_without_input_needs_an_empty_object(string body)
    {
        using var harness = new Harness();
        Assert.Equal(90001, (await harness.Call(Harness.Push + "im_get_attr_name", body)).Code);
    }

    [Fact]
    public async Task A_renamed_slot_shows_its_values_under_the_new_name()
    {
        using var harness = new Harness();
        await harness.Call(Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"u","Attrs":{"city":"a"}}]}""");
        await harness.Call(Harness.Push + "im_set_attr_name", """{"AttrNames":{"1":"town"}}""");
        Assert.Equal(new Dictionary<string, string> { ["town"] = "a" }, harness.Emulator.State.AttributesOf("u"));
    }
}
