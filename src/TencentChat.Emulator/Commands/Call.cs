using System.Buffers;
using System.Text.Json;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator.Commands;

/// <summary>One call on its way through a command: what it reads, what it answers, what the journal will say of it.</summary>
internal sealed class Call(Endpoint endpoint, EmulatorOptions options, EmulatorState state, EmulatorClock clock, ReadOnlyMemory<byte> body, ulong seed)
{
    // As many as any command takes; a hostile list is not copied into the journal.
    private const int MaxNotedAccounts = 500;
    private const int MaxNotedLength = 128;

    private readonly List<string> _accounts = [];
    private ulong _random = seed;

    public Endpoint Endpoint { get; } = endpoint;

    public EmulatorOptions Options { get; } = options;

    public OpenQuestions Questions => Options.OpenQuestions;

    public EmulatorState State { get; } = state;

    public EmulatorClock Clock { get; } = clock;

    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>Whether the command reads and writes the Push service's own slots.</summary>
    public bool UsesOwnSlots { get; } = state.UsesOwnSlots(endpoint.Service);

    /// <summary>Whether the command reads and writes the Push service's own tags.</summary>
    public bool UsesOwnTags { get; } = state.Tags.AreOwn(endpoint.Service);

    /// <summary>The task of a push that the call sent, repeated or revoked.</summary>
    public string? TaskId { get; set; }

    /// <summary>How many accounts a push was for that the call sent.</summary>
    public int? AudienceCount { get; set; }

    /// <summary>Set once something was read or written for good, also when the call is then refused.</summary>
    public bool WorkDone { get; set; }

    public int AccountCount { get; private set; }

    public IReadOnlyList<string> Accounts => _accounts;

    /// <summary>The members of the answer after the envelope.</summary>
    public Action<Utf8JsonWriter>? Answer { get; set; }

    /// <summary>The members of a refusal after the envelope.</summary>
    public Action<Utf8JsonWriter>? AnswerToRefusal { get; set; }

    public void Note(string account)
    {
        AccountCount++;
        if (Options.JournalAccounts && _accounts.Count < MaxNotedAccounts)
        {
            _accounts.Add(account.Length <= MaxNotedLength ? account : account[..MaxNotedLength]);
        }
    }

    /// <summary>A code that says the body cannot be read, in the words of the service called.</summary>
    public RefusalException BadBody(string? detail = null)
    {
        int code = Questions.BodyNotJsonCode ?? (Endpoint.Service == Service.Login ? Codes.BadParameters : Codes.BadBody);
        return Refuse(code, detail);
    }

    public static RefusalException Refuse(int code, string? detail = null) =>
        new(code, detail is null ? ErrorTexts.Of(code) : $"{ErrorTexts.Of(code)} ({detail})");

    /// <summary>Puts a list into another order: answers do not come in the order of the request (page 37169).</summary>
    public void Shuffle<T>(List<T> list)
    {
        for (int i = list.Count - 1; i > 0; i--)
        {
            int j = (int)(SplitMix.Next(ref _random) % (ulong)(i + 1));
            (list[i], list[j]) = (list[j], list[i]);
        }
    }

    /// <summary>Writes the envelope of page 34620, and after it the command's own members when it was done.</summary>
    public static ReadOnlyMemory<byte> WriteReply(int code, string text, Action<Utf8JsonWriter>? answer)
    {
        var buffer = new ArrayBufferWriter<byte>(answer is null ? 128 : 4096);
        using (var json = new Utf8JsonWriter(buffer, s_replyFormat))
        {
            json.WriteStartObject();
            json.WriteString("ActionStatus"u8, code == 0 ? "OK"u8 : "FAIL"u8);
            json.WriteString("ErrorInfo"u8, text);
            json.WriteNumber("ErrorCode"u8, code);
            answer?.Invoke(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    // Names in many scripts go out as they are, as the service sends them.
    private static readonly JsonWriterOptions s_replyFormat = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };
}
