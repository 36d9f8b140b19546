using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace TencentChat.Emulator.Tests.Support;

/// <summary>Makes signatures for tests, in the ways real makers differ.</summary>
internal static class TestSig
{
    public const string Key = "6f1d2c3b4a5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff0";

    public static string Sign(string identifier, long appId, long time, long expire, string? userBuf = null, string key = Key)
    {
        string text = $"TLS.identifier:{identifier}\nTLS.sdkappid:{appId}\nTLS.time:{time}\nTLS.expire:{expire}\n"
            + (userBuf is null ? "" : $"TLS.userbuf:{userBuf}\n");
        return Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));
    }

    public static string Make(
        string identifier = "administrator", long appId = 1400000000, long time = 1700000000, long expire = 86400, string? userBuf = null, string key = Key) =>
        Pack($$"""{"TLS.ver":"2.0","TLS.identifier":"{{identifier}}","TLS.sdkappid":{{appId}},"TLS.expire":{{expire}},"TLS.time":{{time}}{{(userBuf is null ? "" : $",\"TLS.userbuf\":\"{userBuf}\"")}},"TLS.sig":"{{Sign(identifier, appId, time, expire, userBuf, key)}}"}""");

    public static string Pack(string json, CompressionLevel level = CompressionLevel.Optimal) => Encode(Deflate(Encoding.UTF8.GetBytes(json), level));

    public static byte[] Deflate(byte[] bytes, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, level, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return packed.ToArray();
    }

    public static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).Replace('+', '*').Replace('/', '-').Replace('=', '_');
}
