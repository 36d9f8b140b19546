using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TencentChat.Tests.Signing;

/// <summary>Reads a signature the way a server does, with code of its own.</summary>
internal sealed class UserSigText : IDisposable
{
    private readonly JsonDocument _json;

    internal UserSigText(string userSig)
    {
        byte[] packed = Convert.FromBase64String(userSig.Replace('*', '+').Replace('-', '/').Replace('_', '='));
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zlib.CopyTo(plain);
        Json = Encoding.UTF8.GetString(plain.ToArray());
        _json = JsonDocument.Parse(Json);
    }

    internal string Json { get; }

    internal string Identifier => Root.GetProperty("TLS.identifier").GetString()!;

    internal long Time => Root.GetProperty("TLS.time").GetInt64();

    internal long Expire => Root.GetProperty("TLS.expire").GetInt64();

    internal string Sig => Root.GetProperty("TLS.sig").GetString()!;

    internal JsonElement Root => _json.RootElement;

    internal string SignedWith(string key)
    {
        string text = $"TLS.identifier:{Identifier}\nTLS.sdkappid:{Root.GetProperty("TLS.sdkappid").GetInt64()}\n" +
            $"TLS.time:{Time}\nTLS.expire:{Expire}\n";
        if (Root.TryGetProperty("TLS.userbuf", out JsonElement buffer))
        {
            text += $"TLS.userbuf:{buffer.GetString()}\n";
        }

        return Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));
    }

    public void Dispose() => _json.Dispose();
}
