namespace TencentChat.Tests.Protocol;

/// <summary>One reply of each shape that the service documents; what is read from them and what is mutated.</summary>
internal static class ReplySamples
{
    internal const string Ok = """{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}""";

    internal const string AttributeNames =
        """{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AttrNames":{"0":"sex","1":"city","2":"country"}}""";

    internal const string AttributeNamesWithTypes =
        """{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AttrNames":{"0":"sex","1":"city"},"AttrTypes":{"0":0,"1":1}}""";

    internal const string Attributes =
        """
        {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"UserAttrs":[
        {"To_Account":"Zhang San","Attrs":{"sex":"attr1","city":"attr2"}},
        {"To_Account":"abc","Attrs":{}},
        {"To_Account":"陈😀","Attrs":{"city":"\u5317\u4eac","sex":"attr3"}}]}
        """;

    internal const string AttributesWithErrors =
        """
        {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,
        "UserAttrs":[{"To_Account":"379C2F0D-290D-47AE-94D1-919058C39C77","Attrs":{"sex":"attr1"}}],
        "ErrorList":[{"To_Account":"u2","ErrorCode":70107,"ErrorInfo":"account not exist"},{"To_Account":"u3","ErrorCode":70107}]}
        """;

    internal const string SetWithErrors =
        """{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"ErrorList":[{"To_Account":"u1","ErrorCode":90035,"ErrorInfo":""}]}""";

    internal const string DuplicateName =
        """{"ActionStatus":"FAIL","ErrorInfo":"attrName:city already exists at index:1","ErrorCode":90033}""";

    internal const string Deleted =
        """
        {"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ResultItem":[
        {"ResultCode":70107,"ResultInfo":"Err_TLS_PT_Open_Login_Account_Not_Exist","UserID":"UserID_1"},
        {"ResultCode":0,"ResultInfo":"","UserID":"UserID_2"}]}
        """;

    internal const string Checked =
        """
        {"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ResultItem":[
        {"UserID":"UserID_1","ResultCode":0,"ResultInfo":"","AccountStatus":"NotImported"},
        {"UserID":"UserID_2","ResultCode":0,"ResultInfo":"","AccountStatus":"Imported"},
        {"UserID":"UserID_3","ResultCode":70169,"ResultInfo":"timeout"}]}
        """;

    internal const string Imported = """{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","FailAccounts":["test2","test3"]}""";

    internal const string Online =
        """
        {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"QueryResult":[
        {"To_Account":"id1","State":"Offline"},
        {"To_Account":"id2","State":"Online","Detail":[{"Platform":"IPhone","Status":"PushOnline"},{"Platform":"Web","Status":"Online"}]},
        {"To_Account":"id3","Status":"PushOnline"}],
        "ErrorList":[{"To_Account":"id4","ErrorCode":70107}]}
        """;

    internal const string Tags =
        """
        {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"UserTags":[
        {"To_Account":"u1","Tags":["vip","beta"]},{"To_Account":"u2","Tags":[]},{"To_Account":"陈😀","Tags":["\u5e38\u5ba2"]}]}
        """;

    internal const string TagsWithErrors =
        """
        {"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","UserTags":[{"To_Account":"u1","Tags":["vip"]}],
        "ErrorList":[{"To_Account":"u2","ErrorCode":70107}]}
        """;

    internal const string Pushed = """{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"TaskId":"1400000001_144115212910570789_4155518400_10000001"}""";

    internal const string PushedToUsers =
        """{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","TaskId":"batch_66aa00_11bb_22cc","ErrorList":[{"ErrorCode":70107,"To_Account":"u2"}]}""";

    internal const string NotPushed = """{"ActionStatus":"FAIL","ErrorCode":90001,"ErrorInfo":"Invalid format of MsgRandom","TaskId":""}""";

    internal const string Gateway = """{"ActionStatus":"FAIL","ErrorCode":60002,"ErrorInfo":"HTTP parse Error"}""";

    internal const string Bare = """{"ErrorCode":0,"ErrorInfo":""}""";

    internal const string WithDisplay =
        """{"ActionStatus":"FAIL","ErrorCode":40001,"ErrorInfo":"Err_Profile_Comm_Decode_Fail","ErrorDisplay":""}""";

    internal static IReadOnlyList<string> All { get; } =
    [
        Ok, AttributeNames, AttributeNamesWithTypes, Attributes, AttributesWithErrors, SetWithErrors, DuplicateName, Deleted,
        Checked, Imported, Online, Tags, TagsWithErrors, Pushed, PushedToUsers, NotPushed, Gateway, Bare, WithDisplay,
    ];
}
