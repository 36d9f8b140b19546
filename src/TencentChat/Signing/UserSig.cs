using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TencentChat.Signing;

/// <summary>
/// Makes UserSigs of version 2 (HMAC-SHA256), the signatures with which users log in and admins call the server API
/// (pages 34385, 33517).
/// </summary>
internal static class UserSig
{
    /// <summary>The longest lifetime that the service documents: 50 years of 365 days.</summary>
    public static TimeSpan MaxLifetime { get; } = TimeSpan.FromDays(50 * 365);

    // Far more than what any signature packs.
    private const int MaxPackedLength = 16 * 1024;

    private static readonly JsonWriterOptions s_jsonOptions = new()
    {
        // The default encoder would write the '+' of Base64 and every non-ASCII character of an id as an escape: valid,
        // but it makes the signature longer for nothing. This text is never part of a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Makes the signature of one user.</summary>
    /// <param name="sdkAppId">The app's SDKAppID, greater than 0.</param>
    /// <param name="userId">The user the signature is for. Not empty; control characters would forge the lines of the
    /// signed text and are refused.</param>
    /// <param name="key">The app's secret key: the UTF-8 bytes of the text that the console shows. The text is not decoded
    /// from hexadecimal.</param>
    /// <param name="now">The time of issue; the signature counts in whole seconds.</param>
    /// <param name="lifetime">How long the signature is valid: more than zero, at most 50 years. A broken second counts as a
    /// whole one.</param>
    /// <param name="userBuf">Extra rights for audio and video rooms; signatures for the server API have none.</param>
    /// <returns>About 190 to 200 characters of <c>A–Z a–z 0–9 * - _</c>. It is a secret until it expires.</returns>
    /// <exception cref="ArgumentException">An argument is outside the limits above.</exception>
    public static string Create(
        long sdkAppId,
        string userId,
        ReadOnlySpan<byte> key,
        DateTimeOffset now,
        TimeSpan lifetime,
        ReadOnlySpan<byte> userBuf = default)
    {
        Check(sdkAppId, userId, key, lifetime);

        long time = now.ToUnixTimeSeconds();
        long expire = (long)Math.Ceiling(lifetime.TotalSeconds);
        string? buffer = userBuf.IsEmpty ? null : Convert.ToBase64String(userBuf);
        string signature = Sign(sdkAppId, userId, key, time, expire, buffer);

        var json = new ArrayBufferWriter<byte>(320);
        using (var writer = new Utf8JsonWriter(json, s_jsonOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("TLS.ver"u8, "2.0"u8);
            writer.WriteString("TLS.identifier"u8, userId);
            writer.WriteNumber("TLS.sdkappid"u8, sdkAppId);
            writer.WriteNumber("TLS.expire"u8, expire);
            writer.WriteNumber("TLS.time"u8, time);
            if (buffer is not null)
            {
                writer.WriteString("TLS.userbuf"u8, buffer);
            }

            writer.WriteString("TLS.sig"u8, signature);
            writer.WriteEndObject();
        }

        return Pack(json.WrittenSpan);
    }

    /// <summary>The HMAC that a signature is made of; empty when the text is no signature that can be read.</summary>
    internal static string HmacIn(string userSig)
    {
        try
        {
            byte[] packed = Convert.FromBase64String(userSig.Replace('*', '+').Replace('-', '/').Replace('_', '='));
            using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            byte[] json = new byte[MaxPackedLength];
            int length = zlib.ReadAtLeast(json, json.Length, throwOnEndOfStream: false);
            using var document = JsonDocument.Parse(json.AsMemory(0, length));
            return document.RootElement.GetProperty("TLS.sig").GetString() ?? string.Empty;
        }
        catch (Exception fault) when (fault is FormatException or InvalidDataException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return string.Empty;
        }
    }

    internal static void Check(long sdkAppId, string userId, ReadOnlySpan<byte> key, TimeSpan lifetime)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sdkAppId);
        CheckUserId(userId);
        if (key.IsEmpty)
        {
            throw new ArgumentException("The secret key is empty.", nameof(key));
        }

        if (lifetime <= TimeSpan.Zero || lifetime > MaxLifetime)
        {
            throw new ArgumentOutOfRangeException(
                nameof(lifetime), lifetime, "A UserSig lives longer than zero and at most 50 years.");
        }
    }

    internal static void CheckUserId(string userId)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        foreach (Rune rune in userId.EnumerateRunes())
        {
            // A lone surrogate is enumerated as U+FFFD; an id that holds that character itself was garbled on its way here.
            if (rune == Rune.ReplacementChar || Rune.IsControl(rune))
            {
                throw new ArgumentException(
                    "A user id cannot hold control characters or broken Unicode.", nameof(userId));
            }
        }
    }

    private static string Sign(
        long sdkAppId, string userId, ReadOnlySpan<byte> key, long time, long expire, string? buffer)
    {
        // Only this order is fixed, time before expire; every line ends with a line feed, the last one too.
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"TLS.identifier:{userId}\nTLS.sdkappid:{sdkAppId}\nTLS.time:{time}\nTLS.expire:{expire}\n");
        if (buffer is not null)
        {
            text += $"TLS.userbuf:{buffer}\n";
        }

        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text), mac);
        return Convert.ToBase64String(mac);
    }

    private static string Pack(ReadOnlySpan<byte> json)
    {
        using var packed = new MemoryStream(256);
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(json);
        }

        int length = (int)packed.Length;
        byte[] text = new byte[Base64.GetMaxEncodedToUtf8Length(length)];
        Base64.EncodeToUtf8(packed.GetBuffer().AsSpan(0, length), text, out _, out _);

        // Not RFC 4648's URL alphabet: there '-' stands for '+', here for '/', and the padding stays.
        Span<byte> all = text;
        all.Replace((byte)'+', (byte)'*');
        all.Replace((byte)'/', (byte)'-');
        all.Replace((byte)'=', (byte)'_');
        return Encoding.ASCII.GetString(text);
    }
}
