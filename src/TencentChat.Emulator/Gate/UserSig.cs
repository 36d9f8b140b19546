using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TencentChat.Emulator.Gate;

/// <summary>
/// A signature as read, not yet believed. Reading is lenient where makers differ (order of members, compression level,
/// white space after the JSON) and strict in all else.
/// </summary>
internal sealed record UserSig(string Identifier, long SdkAppId, long Time, long Expire, string? UserBuf, string Sig)
{
    // Signatures have about 250 characters; room rights of another product make them somewhat longer.
    private const int MaxLength = 4096;
    private const int MaxJsonLength = 8192;

    /// <summary>Reads a signature; null when it is not one.</summary>
    public static UserSig? TryRead(string text)
    {
        if (text.Length is 0 or > MaxLength || Decode(text) is not { } packed || Inflate(packed) is not { } json)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4 });
            return ReadMembers(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A string that is no Unicode.
            return null;
        }
    }

    /// <summary>Whether the signature was made with this key: the signed text has a fixed order, whatever that of the JSON.</summary>
    public bool IsSignedWith(byte[] key)
    {
        StringBuilder text = new StringBuilder()
            .Append("TLS.identifier:").Append(Identifier).Append('\n')
            .Append(CultureInfo.InvariantCulture, $"TLS.sdkappid:{SdkAppId}\nTLS.time:{Time}\nTLS.expire:{Expire}\n");
        if (UserBuf is not null)
        {
            text.Append("TLS.userbuf:").Append(UserBuf).Append('\n');
        }

        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(Sig, given, out int length)
            && length == given.Length
            && CryptographicOperations.FixedTimeEquals(given, HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Whether its life is over; the last second still counts.</summary>
    public bool IsExpiredAt(long unixSeconds) => unixSeconds - Time > Expire;

    /// <summary>Nothing of a signature is for showing.</summary>
    public override string ToString() => nameof(UserSig);

    private static byte[]? Decode(string text)
    {
        byte[] base64 = new byte[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('*' or '-' or '_'))
            {
                return null;
            }

            base64[i] = (byte)(c switch { '*' => '+', '-' => '/', '_' => '=', _ => c });
        }

        return Base64.DecodeFromUtf8InPlace(base64, out int written) == System.Buffers.OperationStatus.Done
            ? base64[..written]
            : null;
    }

    private static byte[]? Inflate(byte[] packed)
    {
        // Two bytes of header, an empty block, four of checksum.
        if (packed.Length < 8)
        {
            return null;
        }

        byte[] json = new byte[MaxJsonLength];
        int length = 0;
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            int read;
            while (length < json.Length && (read = zlib.Read(json, length, json.Length - length)) > 0)
            {
                length += read;
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // The second is for data that asks for a dictionary nobody has.
            return null;
        }

        // The stream class is content with a cut end; the signature is not.
        return length < json.Length && BinaryPrimitives.ReadUInt32BigEndian(packed.AsSpan(packed.Length - 4)) == Adler32(json.AsSpan(0, length))
            ? json[..length]
            : null;
    }

    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        uint a = 1, b = 0;
        foreach (byte value in bytes)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }

        return (b << 16) | a;
    }

    private static UserSig? ReadMembers(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonProperty member in root.EnumerateObject())
        {
            if (!members.TryAdd(member.Name, member.Value))
            {
                return null;
            }
        }

        string? userBuf = null;
        if (members.ContainsKey("TLS.userbuf") && (userBuf = Text("TLS.userbuf")) is null)
        {
            return null;
        }

        return Text("TLS.ver") == "2.0"
            && Text("TLS.identifier") is { } identifier
            && Number("TLS.sdkappid") is { } sdkAppId
            && Number("TLS.time") is { } time
            && Number("TLS.expire") is { } expire
            && Text("TLS.sig") is { } sig
                ? new UserSig(identifier, sdkAppId, time, expire, userBuf, sig)
                : null;

        string? Text(string name) =>
            members.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        long? Number(string name) =>
            members.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= 0
                ? number
                : null;
    }
}
