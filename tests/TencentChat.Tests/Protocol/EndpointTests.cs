using TencentChat.Protocol;

namespace TencentChat.Tests.Protocol;

public sealed class EndpointTests
{
    [Theory]
    [InlineData(ChatRegion.China, "console.tim.qq.com", "adminapi.my-imcloud.com")]
    [InlineData(ChatRegion.Singapore, "adminapisgp.im.qcloud.com", "adminapisgp.my-imcloud.com")]
    [InlineData(ChatRegion.Seoul, "adminapikr.im.qcloud.com", "adminapikr.my-imcloud.com")]
    [InlineData(ChatRegion.Frankfurt, "adminapiger.im.qcloud.com", "adminapiger.my-imcloud.com")]
    [InlineData(ChatRegion.SiliconValley, "adminapiusa.im.qcloud.com", "adminapiusa.my-imcloud.com")]
    [InlineData(ChatRegion.Jakarta, "adminapiidn.im.qcloud.com", "adminapiidn.my-imcloud.com")]
    [InlineData(ChatRegion.Tokyo, "adminapijpn.im.qcloud.com", "adminapijpn.my-imcloud.com")]
    [InlineData(ChatRegion.Mumbai, "adminapiind.im.qcloud.com", "adminapiind.my-imcloud.com")]
    [InlineData(ChatRegion.SaudiArabia, "adminapiksa.im.qcloud.com", "adminapiksa.my-imcloud.com")]
    public void A_region_has_its_host_and_its_backup_host(ChatRegion region, string host, string backup)
    {
        Assert.Equal($"https://{host}/", ChatRegions.Endpoint(region).AbsoluteUri);
        Assert.Equal($"https://{backup}/", ChatRegions.BackupEndpoint(region).AbsoluteUri);
    }

    [Fact]
    public void Every_region_of_the_enumeration_has_hosts_of_its_own_and_another_value_has_none()
    {
        ChatRegion[] regions = Enum.GetValues<ChatRegion>();
        Assert.Equal(regions.Length * 2, regions.SelectMany(r => new[] { ChatRegions.Endpoint(r), ChatRegions.BackupEndpoint(r) }).Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => ChatRegions.Endpoint((ChatRegion)99));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChatRegions.BackupEndpoint((ChatRegion)99));
    }

    [Fact]
    public void The_endpoints_have_the_paths_and_limits_of_their_pages()
    {
        Assert.Equal(
            [
                new ChatEndpoint("im_set_attr", "v4/all_member_push/im_set_attr", 100, 100),
                new ChatEndpoint("im_get_attr", "v4/all_member_push/im_get_attr", 100, 100),
                new ChatEndpoint("im_remove_attr", "v4/all_member_push/im_remove_attr", 100, 100),
                new ChatEndpoint("im_set_attr_name", "v4/all_member_push/im_set_attr_name", 0, 100),
                new ChatEndpoint("im_get_attr_name", "v4/all_member_push/im_get_attr_name", 0, 100),
                new ChatEndpoint("set_attr", "v4/timpush/set_attr", 100, 100),
                new ChatEndpoint("get_attr", "v4/timpush/get_attr", 100, 100),
                new ChatEndpoint("remove_attr", "v4/timpush/remove_attr", 100, 100),
                new ChatEndpoint("set_attr_name", "v4/timpush/set_attr_name", 0, 100),
                new ChatEndpoint("get_attr_name", "v4/timpush/get_attr_name", 0, 100),
                new ChatEndpoint("account_delete", "v4/im_open_login_svc/account_delete", 100, 100),
                new ChatEndpoint("multiaccount_import", "v4/im_open_login_svc/multiaccount_import", 100, 100),
                new ChatEndpoint("account_check", "v4/im_open_login_svc/account_check", 100, 100),
                new ChatEndpoint("kick", "v4/im_open_login_svc/kick", 1, 200),
                new ChatEndpoint("query_online_status", "v4/openim/query_online_status", 500, 200),
                new ChatEndpoint("im_add_tag", "v4/all_member_push/im_add_tag", 100, 100),
                new ChatEndpoint("im_remove_tag", "v4/all_member_push/im_remove_tag", 100, 100),
                new ChatEndpoint("im_get_tag", "v4/all_member_push/im_get_tag", 100, 100),
                new ChatEndpoint("im_remove_all_tags", "v4/all_member_push/im_remove_all_tags", 100, 100),
                new ChatEndpoint("im_push", "v4/all_member_push/im_push", 0, 1),
                new ChatEndpoint("add_tag", "v4/timpush/add_tag", 100, 100),
                new ChatEndpoint("remove_tag", "v4/timpush/remove_tag", 100, 100),
                new ChatEndpoint("get_tag", "v4/timpush/get_tag", 100, 100),
                new ChatEndpoint("clear_all_tags", "v4/timpush/clear_all_tags", 100, 100),
                new ChatEndpoint("push", "v4/timpush/push", 0, 1),
                new ChatEndpoint("batch", "v4/timpush/batch", 500, 10),
                new ChatEndpoint("revoke", "v4/timpush/revoke", 0, 1),
            ],
            ChatEndpoints.All);
    }

    [Fact]
    public void Every_endpoint_property_is_in_the_list_once()
    {
        ChatEndpoint[] properties = typeof(ChatEndpoints).GetProperties()
            .Where(property => property.PropertyType == typeof(ChatEndpoint))
            .Select(property => (ChatEndpoint)property.GetValue(null)!)
            .ToArray();
        Assert.Equal(properties.OrderBy(e => e.Path, StringComparer.Ordinal), ChatEndpoints.All.OrderBy(e => e.Path, StringComparer.Ordinal));
        Assert.Equal(ChatEndpoints.All.Count, ChatEndpoints.All.Select(e => e.Name).Distinct(StringComparer.Ordinal).Count());
    }
}
