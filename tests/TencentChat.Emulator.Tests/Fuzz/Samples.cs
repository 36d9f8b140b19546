using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests.Fuzz;

/// <summary>A right request for each command, from which wrong ones are made.</summary>
internal static class Samples
{
    public static IReadOnlyList<(string Path, string Body)> All { get; } =
    [
        (Harness.Push + "im_set_attr_name", """{"AttrNames":{"0":"sex","1":"city","2":"level"}}"""),
        (Harness.Push + "im_get_attr_name", "{}"),
        (Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"a","Attrs":{"sex":"f","city":"Łódź"}},{"To_Account":"b","Attrs":{"level":"\u0037\n"}}]}"""),
        (Harness.Push + "im_get_attr", """{"To_Account":["a","b","administrator"]}"""),
        (Harness.Push + "im_remove_attr", """{"UserAttrs":[{"To_Account":"a","Attrs":["city","sex"]}]}"""),
        (Harness.Tim + "set_attr_name", """{"AttrNames":{"0":"sex","1":"city","2":"level"}}"""),
        (Harness.Tim + "get_attr_name", "{}"),
        (Harness.Tim + "set_attr", """{"UserAttrs":[{"To_Account":"a","Attrs":{"sex":"m"}},{"To_Account":"c","Attrs":{"city":"x"}}]}"""),
        (Harness.Tim + "get_attr", """{"To_Account":["a","c"]}"""),
        (Harness.Tim + "remove_attr", """{"UserAttrs":[{"To_Account":"c","Attrs":["city"]}]}"""),
        (Harness.Login + "account_import", """{"UserID":"d","Nick":"D","FaceUrl":"http://localhost/d.png"}"""),
        (Harness.Login + "multiaccount_import", """{"AccountList":[{"UserID":"e","Nick":"E"},{"UserID":"f"}]}"""),
        (Harness.Login + "multiaccount_import", """{"Accounts":["g","h"]}"""),
        (Harness.Login + "account_delete", """{"DeleteItem":[{"UserID":"d"},{"UserID":"nobody"}]}"""),
        (Harness.Login + "account_check", """{"CheckItem":[{"UserID":"a"},{"UserID":"nobody"}]}"""),
        (Harness.Login + "kick", """{"UserID":"a"}"""),
        (Harness.Push + "im_add_tag", """{"UserTags":[{"To_Account":"a","Tags":["vip","b\u0065ta"]},{"To_Account":"i","Tags":["Łódź"]}]}"""),
        (Harness.Push + "im_remove_tag", """{"UserTags":[{"To_Account":"a","Tags":["vip"]}]}"""),
        (Harness.Push + "im_get_tag", """{"To_Account":["a","b"]}"""),
        (Harness.Push + "im_remove_all_tags", """{"To_Account":["b"]}"""),
        (Harness.Tim + "add_tag", """{"UserTags":[{"To_Account":"b","Tags":["vip","x"],"Replace":1},{"To_Account":"379C2F0D-290D-47AE-94D1-919058C39C77","Tags":["phone"],"Replace":0}]}"""),
        (Harness.Tim + "remove_tag", """{"UserTags":[{"To_Account":"b","Tags":["x"]}]}"""),
        (Harness.Tim + "get_tag", """{"To_Account":["a","nobody"]}"""),
        (Harness.Tim + "clear_all_tags", """{"To_Account":["a"]}"""),
        (Harness.Push + "im_push", """{"From_Account":"a","MsgRandom":1,"MsgLifeTime":60,"Condition":{"TagsOr":["vip"],"TagsAnd":["beta","x"]},"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}],"OfflinePushInfo":{"PushFlag":0,"Title":"t"}}"""),
        (Harness.Tim + "push", """{"MsgRandom":2,"Condition":{"AttrsOr":{"city":"x"},"AttrsAnd":{"sex":"f"}},"OfflinePushInfo":{"PushFlag":1,"Title":"t","Desc":"d"},"DataId":"d","OnlineOnlyFlag":1}"""),
        (Harness.Tim + "batch", """{"From_Account":"a","To_Account":["a","b","nobody"],"MsgRandom":3,"OfflinePushInfo":{"PushFlag":0}}"""),
        (Harness.Tim + "revoke", """{"TaskId":"6553f100_2_2","OfflinePushInfo":{"PushFlag":0}}"""),
        (Harness.Status + "query_online_status", """{"To_Account":["a","b"],"IsNeedDetail":1}"""),
    ];
}
