namespace TencentChat.Protocol;

/// <summary>
/// The data centre that holds an app. An app lives in exactly one; another one answers 60026, 70016 or 70020
/// (host list of page 34620 and of the endpoint pages).
/// </summary>
public enum ChatRegion
{
    /// <summary>China (<c>console.tim.qq.com</c>); on every page.</summary>
    China,

    /// <summary>Singapore (<c>adminapisgp</c>); on every page.</summary>
    Singapore,

    /// <summary>Seoul (<c>adminapikr</c>); on every page.</summary>
    Seoul,

    /// <summary>Frankfurt (<c>adminapiger</c>); on every page.</summary>
    Frankfurt,

    /// <summary>Silicon Valley (<c>adminapiusa</c>); on every page since early 2023.</summary>
    SiliconValley,

    /// <summary>Jakarta (<c>adminapiidn</c>); on the pages since 2024, missing on some.</summary>
    Jakarta,

    /// <summary>Tokyo (<c>adminapijpn</c>); on endpoint pages of late 2025 such as 37170, not in the overview; its backup host
    /// is known by report only.</summary>
    Tokyo,

    /// <summary>Mumbai (<c>adminapiind</c>); dropped from the overview in 2024, still on a few pages.</summary>
    Mumbai,

    /// <summary>Saudi Arabia (<c>adminapiksa</c>); known by report only, on no official page seen.</summary>
    SaudiArabia,
}
