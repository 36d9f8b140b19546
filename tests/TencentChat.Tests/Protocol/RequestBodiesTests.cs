using System.Buffers;
using System.Text;
using System.Text.Json;
using TencentChat.Protocol;

namespace TencentChat.Tests.Protocol;

public sealed class RequestBodiesTests
{
    private static readonly string[] s_sexAndCity = ["sex", "city"];

    private delegate void Body(Utf8JsonWriter writer);

    [Fact]
    public void A_command_without_input_sends_an_empty_object() => Assert.Equal("{}", Json(RequestBodies.Empty));

    [Fact]
    public void Attribute_names_go_by_slot_in_order() => Assert.Equal(
        """{"AttrNames":{"0":"sex","1":"city","2":"country"}}""",
        Json(w => RequestBodies.AttributeNames(w, new Dictionary<int, string> { [2] = "country", [0] = "sex", [1] = "city" }, null)));

    [Fact]
    public void Attribute_types_go_along_when_there_are_some()
    {
        var slots = new Dictionary<int, string> { [0] = "sex", [1] = "city" };
        Assert.Equal(
            """{"AttrNames":{"0":"sex","1":"city"},"AttrTypes":{"0":0,"1":1}}""",
            Json(w => RequestBodies.AttributeNames(w, slots, new Dictionary<int, int> { [1] = 1, [0] = 0 })));
        Assert.Equal(
            """{"AttrNames":{"0":"sex","1":"city"}}""",
            Json(w => RequestBodies.AttributeNames(w, slots, new Dictionary<int, int>())));
    }

    [Fact]
    public void Setting_attributes_sends_an_object_of_them_for_each_account() => Assert.Equal(
        """{"UserAttrs":[{"To_Account":"u1","Attrs":{"sex":"attr1","city":"attr2"}},{"To_Account":"u2","Attrs":{"sex":"attr3","city":"attr4"}}]}""",
        Json(w => RequestBodies.SetAttributes(
            w,
            [
                new AttributeChange("u1", s_sexAndCity, ["attr1", "attr2"]),
                new AttributeChange("u2", s_sexAndCity, ["attr3", "attr4"]),
            ])));

    [Fact]
    public void An_attribute_without_a_value_is_left_out() => Assert.Equal(
        """{"UserAttrs":[{"To_Account":"u1","Attrs":{"city":"Paris"}}]}""",
        Json(w => RequestBodies.SetAttributes(w, [new AttributeChange("u1", s_sexAndCity, [null, "Paris"])])));

    [Fact]
    public void Removing_attributes_sends_an_array_of_names_even_for_one() => Assert.Equal(
        """{"UserAttrs":[{"To_Account":"u1","Attrs":["sex","city"]},{"To_Account":"u2","Attrs":["city"]}]}""",
        Json(w => RequestBodies.RemoveAttributes(
            w, [new AttributeRemoval("u1", s_sexAndCity), new AttributeRemoval("u2", ["city"])])));

    [Fact]
    public void Reading_attributes_sends_an_array_of_accounts_even_for_one()
    {
        Assert.Equal("""{"To_Account":["u1","u2"]}""", Json(w => RequestBodies.ToAccount(w, ["u1", "u2"])));
        Assert.Equal("""{"To_Account":["u1"]}""", Json(w => RequestBodies.ToAccount(w, ["u1"])));
    }

    [Fact]
    public void Deleting_and_checking_send_an_object_for_each_account()
    {
        Assert.Equal("""{"DeleteItem":[{"UserID":"u1"},{"UserID":"u2"}]}""", Json(w => RequestBodies.DeleteItems(w, ["u1", "u2"])));
        Assert.Equal("""{"CheckItem":[{"UserID":"u1"},{"UserID":"u2"}]}""", Json(w => RequestBodies.CheckItems(w, ["u1", "u2"])));
    }

    [Fact]
    public void Importing_sends_ids_alone_or_with_what_is_known_of_them()
    {
        Assert.Equal("""{"Accounts":["a","b"]}""", Json(w => RequestBodies.Accounts(w, ["a", "b"])));
        Assert.Equal(
            """{"AccountList":[{"UserID":"a","Nick":"Ann","FaceUrl":"http://www.example.com/a.jpg"},{"UserID":"b","FaceUrl":"f"},{"UserID":"c"}]}""",
            Json(w => RequestBodies.AccountList(
                w,
                [
                    new AccountProfile("a", "Ann", "http://www.example.com/a.jpg"),
                    new AccountProfile("b", null, "f"),
                    new AccountProfile("c", null, null),
                ])));
        Assert.Equal(
            """{"UserID":"a","Nick":"Ann"}""",
            Json(w => RequestBodies.ImportAccount(w, new AccountProfile("a", "Ann", null))));
    }

    [Fact]
    public void A_kick_names_one_user() => Assert.Equal("""{"UserID":"u1"}""", Json(w => RequestBodies.Kick(w, "u1")));

    [Fact]
    public void Online_status_asks_for_details_with_a_number()
    {
        Assert.Equal("""{"To_Account":["u1"],"IsNeedDetail":0}""", Json(w => RequestBodies.OnlineStatus(w, ["u1"], false)));
        Assert.Equal("""{"To_Account":["u1"],"IsNeedDetail":1}""", Json(w => RequestBodies.OnlineStatus(w, ["u1"], true)));
    }

    [Fact]
    public void Letters_of_any_language_go_as_they_are_and_quotes_are_escaped() => Assert.Equal(
        """{"To_Account":["张三","Ünïcode <&'+>","a\"b\\c","x\ny"]}""",
        Json(w => RequestBodies.ToAccount(w, ["张三", "Ünïcode <&'+>", "a\"b\\c", "x\ny"])));

    [Fact]
    public void Characters_beyond_the_basic_plane_arrive_as_they_were()
    {
        string json = Json(w => RequestBodies.ToAccount(w, ["u😀", "𠮷野家"]));
        using var read = JsonDocument.Parse(json);
        Assert.Equal(["u😀", "𠮷野家"], read.RootElement.GetProperty("To_Account").EnumerateArray().Select(e => e.GetString()));
    }

    [Fact]
    public void A_lone_surrogate_is_written_as_the_replacement_character_in_names_and_values()
    {
        string json = Json(w => RequestBodies.SetAttributes(w, [new AttributeChange("a\uD800", ["n\uDC00"], ["\uD83Dx"])]));
        using var read = JsonDocument.Parse(json);
        JsonElement row = read.RootElement.GetProperty("UserAttrs")[0];
        Assert.Equal("a\uFFFD", row.GetProperty("To_Account").GetString());
        JsonProperty attribute = Assert.Single(row.GetProperty("Attrs").EnumerateObject());
        Assert.Equal(("n\uFFFD", "\uFFFDx"), (attribute.Name, attribute.Value.GetString()));
    }

    [Fact]
    public void A_hundred_accounts_of_ten_attributes_are_written_without_allocation()
    {
        string[] names = [.. Enumerable.Range(0, 10).Select(i => $"name{i}")];
        string[] values = [.. Enumerable.Range(0, 10).Select(i => $"värde {i} 值")];
        AttributeChange[] changes = [.. Enumerable.Range(0, 100).Select(i => new AttributeChange($"user{i}", names, values))];
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using var writer = new Utf8JsonWriter(buffer, RequestBodies.WriterOptions);
        Write();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Write();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Write()
        {
            buffer.ResetWrittenCount();
            writer.Reset(buffer);
            RequestBodies.SetAttributes(writer, changes);
            writer.Flush();
        }
    }

    private static string Json(Body body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, RequestBodies.WriterOptions))
        {
            body(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
