using System.Globalization;
using System.Text;

namespace TencentChat.Errors;

/// <summary>
/// A reply that cannot be read. Whether the service did the work is not known. The message says why and where, but not that it
/// is so, which is told beside it, and quotes at most 80 characters of the reply; the request is never part of it.
/// </summary>
internal sealed class ChatProtocolException : ChatException
{
    private const int ExcerptLength = 80;

    /// <summary>Enough of the body for the excerpt, whatever the cleaning takes out.</summary>
    private const int ExcerptBytes = 1024;

    /// <summary>Makes the error of one reply.</summary>
    /// <param name="reason">Why the reply cannot be read, as a sentence without its full stop.</param>
    /// <param name="offset">The byte at which reading stopped, from 0; null when that makes no sense.</param>
    /// <param name="body">The reply; only a cleaned excerpt of its beginning is kept.</param>
    /// <param name="secrets">The secrets that it must not show.</param>
    public ChatProtocolException(string reason, long? offset = null, ReadOnlySpan<byte> body = default, SecretMask? secrets = null)
        : this(reason, offset, Quote(body, secrets))
    {
    }

    private ChatProtocolException(string reason, long? offset, string excerpt)
        : base(Compose(reason, offset, excerpt))
    {
        Offset = offset;
        Excerpt = excerpt;
    }

    /// <summary>The byte of the reply at which reading stopped, from 0; null when that makes no sense.</summary>
    public long? Offset { get; }

    /// <summary>The beginning of the reply, cleaned, at most 80 characters; empty when there is nothing printable.</summary>
    public string Excerpt { get; }

    private static string Quote(ReadOnlySpan<byte> body, SecretMask? secrets)
    {
        string text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, ExcerptBytes)]);
        return Redaction.Clean(text, ExcerptLength, isCut: body.Length > ExcerptBytes, secrets);
    }

    private static string Compose(string reason, long? offset, string excerpt)
    {
        var message = new StringBuilder(reason);
        if (offset is { } at)
        {
            message.Append(CultureInfo.InvariantCulture, $", at byte {at}");
        }

        message.Append('.');
        if (excerpt.Length > 0)
        {
            message.Append(" It begins: ").Append(excerpt);
        }

        return message.ToString();
    }
}
