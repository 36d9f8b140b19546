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
        (Harness.Status + "query_online_status", """{"To_Account":["a","b"],"IsNeedDetail":1}"""),
    ];
}
