using System.Globalization;
using System.Text;

namespace TencentChat.Tests.Network;

/// <summary>Requests and answers as they go over the wire.</summary>
internal static class HttpWire
{
    public const string Ok = """{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}""";

    /// <summary>Reads one request: its first line, its headers, and its body.</summary>
    /// <returns>Null when the other side has closed the connection.</returns>
    public static async Task<HttpRequest?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, cancellationToken).ConfigureAwait(false) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        string[] lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);
        byte[] body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, cancellationToken).ConfigureAwait(false);
        return new HttpRequest(lines[0], headers, Encoding.UTF8.GetString(body));
    }

    /// <summary>Writes an answer.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="status">For example <c>200 OK</c>.</param>
    /// <param name="body">The body.</param>
    /// <param name="headers">More headers, each ended by a line break.</param>
    /// <param name="cancellationToken">Ends the test.</param>
    public static Task WriteAsync(Stream stream, string status, string body, string headers, CancellationToken cancellationToken) =>
        WriteAsync(stream, status, Encoding.UTF8.GetBytes(body), headers, cancellationToken);

    public static async Task WriteAsync(Stream stream, string status, byte[] body, string headers, CancellationToken cancellationToken)
    {
        string length = status.StartsWith("204", StringComparison.Ordinal) ? string.Empty : $"Content-Length: {body.Length}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{length}{headers}\r\n"), cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(body, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>One request.</summary>
internal sealed record HttpRequest(string Line, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The accounts that a delete names.</summary>
    public IEnumerable<string> Accounts => Body.Split("\"UserID\":\"").Skip(1).Select(part => part[..part.IndexOf('"', StringComparison.Ordinal)]);
}
