using System.Text.Json;

namespace TencentChat.Protocol;

/// <summary>
/// Gives one string for texts that come again and again in a reply, such as attribute names. Small and linear on purpose: a
/// reply has at most ten names, mostly in the same order, so the first comparison is nearly always the right one.
/// </summary>
internal sealed class StringPool
{
    private const int Capacity = 16;

    private readonly string[] _known = new string[Capacity];
    private int _count;
    private int _next;

    internal string Get(ref Utf8JsonReader reader)
    {
        for (int i = 0; i < _count; i++)
        {
            int at = _next + i < _count ? _next + i : _next + i - _count;
            if (reader.ValueTextEquals(_known[at]))
            {
                _next = at + 1 < _count ? at + 1 : 0;
                return _known[at];
            }
        }

        string text = reader.GetString()!;
        if (_count < Capacity)
        {
            _known[_count++] = text;
            _next = 0;
        }

        return text;
    }
}
