namespace TencentChat.Protocol;

/// <summary>The hosts of the regions (page 34620).</summary>
internal static class ChatRegions
{
    /// <summary>The region's endpoint, <c>https://host/</c>. <see cref="ChatRegion"/> says how well each host is documented.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a region of the enumeration.</exception>
    public static Uri Endpoint(ChatRegion region) =>
        new(region == ChatRegion.China ? "https://console.tim.qq.com/" : $"https://{Label(region)}.im.qcloud.com/");

    /// <summary>
    /// The second name of the same data centre, for trouble with name resolution. The backup hosts of Tokyo and Saudi Arabia
    /// are known by report only.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a region of the enumeration.</exception>
    public static Uri BackupEndpoint(ChatRegion region) => new($"https://{Label(region)}.my-imcloud.com/");

    private static string Label(ChatRegion region) => region switch
    {
        ChatRegion.China => "adminapi",
        ChatRegion.Singapore => "adminapisgp",
        ChatRegion.Seoul => "adminapikr",
        ChatRegion.Frankfurt => "adminapiger",
        ChatRegion.SiliconValley => "adminapiusa",
        ChatRegion.Jakarta => "adminapiidn",
        ChatRegion.Tokyo => "adminapijpn",
        ChatRegion.Mumbai => "adminapiind",
        ChatRegion.SaudiArabia => "adminapiksa",
        _ => throw new ArgumentOutOfRangeException(nameof(region), region, "Not a known region."),
    };
}
