using System.IO.Compression;
using System.Text;
using TencentChat.Emulator.Gate;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

public sealed class UserSigTests
{
    private const string VectorA6 = "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwokpuZl5mcUlRYkl*UVQBcUp2YkFBZkpSlaGJgZQAJFJrSjILEpVsrIwM4EJlWTmAgUMzVEVFmemAw1PLY5wTAuoyAjLNHPNyvY1d3fyrsg1dwwvKshJSvLSdgsP8izLMs8PN-SysFWqBQDOujQo";
    private const string VectorA0 = "eAEBrgBR-3siVExTLnZlciI6IjIuMCIsIlRMUy5pZGVudGlmaWVyIjoiYWRtaW5pc3RyYXRvciIsIlRMUy5zZGthcHBpZCI6MTQwMDAwMDAwMCwiVExTLmV4cGlyZSI6ODY0MDAsIlRMUy50aW1lIjoxNzAwMDAwMDAwLCJUTFMuc2lnIjoiZXNYQWZQeGhWaTZFamtNN0dCS3htN0FXcnBsYmJKK0ZXUkl2ajdvVzFKOD0ifc66NCg_";
    private const string VectorANode = "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwokpuZl5mcUlRYkl*UVQBcUp2YkFBZkpSlaGJgZQAJEpycxNVbIyNEcVTa0oyCxKVbKyMDOBCRVnpitZKaUWRzimBVRkhGWauWZl*5q7O3lX5Jo7hhcV5CQleWm7hQd5lmWZ54cbelnYKtUCAL9ENCg_";
    private const string VectorB6 = "eJw1zM0KgkAUhuF7mXXJ0fmphBZu*kFpYwWtopgZOYk2zIxiRfeeaS2-54XvRfZZHrTKkphEAZDJsFGq2qPGgb1yfto4Zc8Q-rqT5cUYlCQOGUAYUcbFWFRn0KreOecRAIzqsfrajHIxX4i-Oiz6e37Ssn4e71V5Wz1cuqbXvMiMTuriYEWq6Y51mzZvk2bLluT9AdgqNJM_";

    private static readonly byte[] s_key = Encoding.UTF8.GetBytes(TestSig.Key);

    [Theory]
    [InlineData(1400000000, "administrator", 1700000000, 86400, null, TestSig.Key, "esXAfPxhVi6EjkM7GBKxm7AWrplbbJ+FWRIvj7oW1J8=")]
    [InlineData(1400123456, "test-user_01", 1735689600, 15552000, null, TestSig.Key, "5YfdnzVomkjFysKG3bSgLpfAngUr6Kf3N4xHvSvAuI4=")]
    [InlineData(1400000000, "administrator", 1700000000, 86400, "BQ==", TestSig.Key, "iQyyp9ZvK3y73hL2a2E1xGVtkhVHbkw5DpXO0M8WdLU=")]
    [InlineData(1400000000, "xiaojun", 1600000000, 15552000, null, "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e", "1Z5PngDjGaufeSiPoBuxdHY7EK3JTdAjMP93S4KvV3M=")]
    public void The_published_signatures_are_those_of_their_keys(long app, string user, long time, long expire, string? userBuf, string key, string sig)
    {
        Assert.Equal(sig, TestSig.Sign(user, app, time, expire, userBuf, key));
        Assert.True(new UserSig(user, app, time, expire, userBuf, sig).IsSignedWith(Encoding.UTF8.GetBytes(key)));
        Assert.False(new UserSig(user, app, time, expire + 1, userBuf, sig).IsSignedWith(Encoding.UTF8.GetBytes(key)));
        Assert.False(new UserSig(user, app, time, expire, userBuf, sig).IsSignedWith(Encoding.UTF8.GetBytes(key[..63] + "x")));
    }

    [Theory]
    [InlineData(VectorA6)]
    [InlineData(VectorA0)]
    [InlineData(VectorANode)]
    public void A_signature_reads_the_same_whoever_made_it(string text)
    {
        var sig = UserSig.TryRead(text);
        Assert.Equal(new UserSig("administrator", 1400000000, 1700000000, 86400, null, "esXAfPxhVi6EjkM7GBKxm7AWrplbbJ+FWRIvj7oW1J8="), sig);
        Assert.True(sig!.IsSignedWith(s_key));
    }

    [Fact]
    public void The_second_published_signature_reads_too()
    {
        var sig = UserSig.TryRead(VectorB6);
        Assert.Equal(("test-user_01", 1400123456, 1735689600, 15552000), (sig!.Identifier, sig.SdkAppId, sig.Time, sig.Expire));
        Assert.True(sig.IsSignedWith(s_key));
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Members_in_any_order_white_space_and_any_compression_are_read(CompressionLevel level)
    {
        string sig = TestSig.Sign("administrator", 1400000000, 1700000000, 86400, "BQ==");
        string json = $$"""
            { "TLS.sig" : "{{sig.Replace("/", "\\/", StringComparison.Ordinal)}}", "TLS.userbuf":"BQ==", "TLS.time":1700000000, "TLS.expire":86400,
              "TLS.sdkappid":1400000000, "TLS.identifier":"administrator", "TLS.ver":"2.0" }

            """;
        Assert.True(UserSig.TryRead(TestSig.Pack(json, level))!.IsSignedWith(s_key));
    }

    [Fact]
    public void What_is_no_signature_reads_as_none()
    {
        string json = """{"TLS.ver":"2.0","TLS.identifier":"a","TLS.sdkappid":1,"TLS.expire":2,"TLS.time":3,"TLS.sig":"x"}""";
        Assert.NotNull(UserSig.TryRead(TestSig.Pack(json)));
        byte[] packed = TestSig.Deflate(Encoding.UTF8.GetBytes(json));
        string[] wrong =
        [
            "", "x", "****", new string('A', 5000), TestSig.Pack(json)[..^4], TestSig.Pack(json) + "AAAA", TestSig.Pack(json) + "+",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).Replace('=', '_'),
            TestSig.Encode(packed[2..]),
            TestSig.Encode(packed[..^4]),
            TestSig.Encode([.. packed[..^1], (byte)(packed[^1] ^ 1)]),
            TestSig.Encode([.. packed, 0]),
            TestSig.Pack("[]"), TestSig.Pack("{}"), TestSig.Pack("{"), TestSig.Pack("1"), TestSig.Pack(""), TestSig.Pack("null"),
            TestSig.Pack(json.Replace("2.0", "1.0", StringComparison.Ordinal)),
            TestSig.Pack(json.Replace("\"2.0\"", "2.0", StringComparison.Ordinal)),
            TestSig.Pack(json.Replace(":1,", ":\"1\",", StringComparison.Ordinal)),
            TestSig.Pack(json.Replace(":1,", ":-1,", StringComparison.Ordinal)),
            TestSig.Pack(json.Replace(":1,", ":1e99,", StringComparison.Ordinal)),
            TestSig.Pack(json.Replace(":1,", ":99999999999999999999999,", StringComparison.Ordinal)),
            TestSig.Pack(json.Replace("}", ",\"TLS.time\":3}", StringComparison.Ordinal)),
            TestSig.Pack(json.Replace("}", ",\"TLS.userbuf\":7}", StringComparison.Ordinal)),
            TestSig.Pack(json.Replace("\"a\"", "\"\\ud800\"", StringComparison.Ordinal)),
            TestSig.Pack(json.Replace("\"a\"", "[[[[[[[[]]]]]]]]", StringComparison.Ordinal)),
            TestSig.Pack(json + new string(' ', 9000)),
        ];
        Assert.All(wrong, text => Assert.Null(UserSig.TryRead(text)));
    }

    /// <summary>Found by fuzzing: the header's bit for a preset dictionary ended the reader with an exception of another type.</summary>
    [Fact]
    public async Task A_signature_packed_with_a_dictionary_is_no_signature()
    {
        string sig = TestSig.Encode([0x78, 0x20, 1, 2, 3, 4, 3, 0, 0, 0, 0, 1]);
        Assert.Null(UserSig.TryRead(sig));
        using var harness = new Harness();
        Assert.Equal(70003, (await harness.Send(HttpMethod.Post, Harness.Push + "im_get_attr_name", harness.Query(("usersig", sig)), "{}")).Code);
    }

    [Fact]
    public void A_signature_lives_through_its_last_second()
    {
        var sig = new UserSig("a", 1, 100, 10, null, "");
        Assert.False(sig.IsExpiredAt(110));
        Assert.True(sig.IsExpiredAt(111));
        Assert.False(sig.IsExpiredAt(0));
        Assert.False(new UserSig("a", 1, long.MaxValue, long.MaxValue, null, "").IsExpiredAt(2000000000));
    }

    [Fact]
    public void A_signature_shows_nothing_of_itself()
    {
        Assert.Equal("UserSig", UserSig.TryRead(VectorA6)!.ToString());
    }
}
