using System.Globalization;
using System.Text;
using System.Text.Json;
using TencentChat.Signing;

namespace TencentChat.Tests.Signing;

public sealed class UserSigTests
{
    private const string Key = "6f1d2c3b4a5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff0";
    private const string VendorKey = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";

    private static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Theory]
    [InlineData(Key, 1400000000, "administrator", 1700000000, 86400, null, "esXAfPxhVi6EjkM7GBKxm7AWrplbbJ+FWRIvj7oW1J8=")]
    [InlineData(Key, 1400123456, "test-user_01", 1735689600, 15552000, null, "5YfdnzVomkjFysKG3bSgLpfAngUr6Kf3N4xHvSvAuI4=")]
    [InlineData(Key, 1400000000, "administrator", 1700000000, 86400, "BQ==", "iQyyp9ZvK3y73hL2a2E1xGVtkhVHbkw5DpXO0M8WdLU=")]
    [InlineData(VendorKey, 1400000000, "xiaojun", 1600000000, 15552000, null, "1Z5PngDjGaufeSiPoBuxdHY7EK3JTdAjMP93S4KvV3M=")]
    public void A_signature_matches_the_published_vector(
        string key, long app, string user, long time, long expire, string? buffer, string sig)
    {
        string made = UserSig.Create(
            app,
            user,
            Encoding.UTF8.GetBytes(key),
            DateTimeOffset.FromUnixTimeSeconds(time),
            TimeSpan.FromSeconds(expire),
            buffer is null ? default : Convert.FromBase64String(buffer));

        Assert.Matches("^[A-Za-z0-9*_-]+$", made);
        using var read = new UserSigText(made);
        string userbuf = buffer is null ? "" : $"\"TLS.userbuf\":\"{buffer}\",";
        Assert.Equal(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"TLS.ver\":\"2.0\",\"TLS.identifier\":\"{user}\",\"TLS.sdkappid\":{app},\"TLS.expire\":{expire},\"TLS.time\":{time},{userbuf}\"TLS.sig\":\"{sig}\"}}"),
            read.Json);
    }

    [Theory]
    [InlineData("eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwokpuZl5mcUlRYkl*UVQBcUp2YkFBZkpSlaGJgZQAJFJrSjILEpVsrIwM4EJlWTmAgUMzVEVFmemAw1PLY5wTAuoyAjLNHPNyvY1d3fyrsg1dwwvKshJSvLSdgsP8izLMs8PN-SysFWqBQDOujQo")]
    [InlineData("eAEBrgBR-3siVExTLnZlciI6IjIuMCIsIlRMUy5pZGVudGlmaWVyIjoiYWRtaW5pc3RyYXRvciIsIlRMUy5zZGthcHBpZCI6MTQwMDAwMDAwMCwiVExTLmV4cGlyZSI6ODY0MDAsIlRMUy50aW1lIjoxNzAwMDAwMDAwLCJUTFMuc2lnIjoiZXNYQWZQeGhWaTZFamtNN0dCS3htN0FXcnBsYmJKK0ZXUkl2ajdvVzFKOD0ifc66NCg_")]
    [InlineData("eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwokpuZl5mcUlRYkl*UVQBcUp2YkFBZkpSlaGJgZQAJEpycxNVbIyNEcVTa0oyCxKVbKyMDOBCRVnpitZKaUWRzimBVRkhGWauWZl*5q7O3lX5Jo7hhcV5CQleWm7hQd5lmWZ54cbelnYKtUCAL9ENCg_")]
    public void Signatures_made_by_others_hold_the_same_fields_as_ours(string theirs)
    {
        using var expected = new UserSigText(theirs);
        using var ours = new UserSigText(Make());
        var fields = expected.Root.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.GetRawText());
        Assert.Equal(fields, ours.Root.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.GetRawText()));
    }

    [Theory]
    [InlineData("user with \"quotes\" and \\")]
    [InlineData("用户+名/=<>&'")]
    [InlineData("u😀")]
    public void Any_printable_user_id_survives_and_is_what_was_signed(string user)
    {
        using var read = new UserSigText(Make(user));
        Assert.Equal(user, read.Identifier);
        Assert.Equal(read.SignedWith(Key), read.Sig);
    }

    [Fact]
    public void The_numbers_are_numbers_and_the_version_is_text()
    {
        using var read = new UserSigText(Make());
        Assert.Equal(JsonValueKind.Number, read.Root.GetProperty("TLS.sdkappid").ValueKind);
        Assert.Equal(JsonValueKind.Number, read.Root.GetProperty("TLS.time").ValueKind);
        Assert.Equal(JsonValueKind.String, read.Root.GetProperty("TLS.ver").ValueKind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nTLS.sdkappid:1")]
    [InlineData("a\0")]
    [InlineData("a\uD800")]
    public void A_user_id_that_would_forge_or_garble_the_signed_text_is_refused(string user) =>
        Assert.Throws<ArgumentException>("userId", () => Make(user));

    [Fact]
    public void A_lifetime_is_more_than_zero_and_at_most_fifty_years()
    {
        Assert.Throws<ArgumentOutOfRangeException>("lifetime", () => Make(lifetime: TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>("lifetime", () => Make(lifetime: TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>("lifetime", () => Make(lifetime: UserSig.MaxLifetime + TimeSpan.FromTicks(1)));
        using var longest = new UserSigText(Make(lifetime: UserSig.MaxLifetime));
        Assert.Equal(50L * 365 * 86400, longest.Expire);
        using var shortest = new UserSigText(Make(lifetime: TimeSpan.FromTicks(1)));
        Assert.Equal(1, shortest.Expire);
    }

    [Fact]
    public void An_app_id_below_one_and_an_empty_key_are_refused()
    {
        byte[] key = [1];
        Assert.Throws<ArgumentOutOfRangeException>(() => UserSig.Create(0, "u", key, s_now, TimeSpan.FromDays(1)));
        Assert.Throws<ArgumentException>("key", () => UserSig.Create(1, "u", [], s_now, TimeSpan.FromDays(1)));
    }

    private static string Make(string user = "administrator", TimeSpan? lifetime = null) =>
        UserSig.Create(1400000000, user, Encoding.UTF8.GetBytes(Key), s_now, lifetime ?? TimeSpan.FromDays(1));
}
