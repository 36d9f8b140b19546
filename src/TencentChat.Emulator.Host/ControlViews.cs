using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TencentChat.Emulator.Faults;
using TencentChat.Emulator.Journal;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator.Host;

/// <summary>What control shows of the emulator.</summary>
internal sealed class ControlViews(ChatEmulator emulator)
{
    /// <summary>Names as they are in C#, and no member the reader does not know.</summary>
    public static JsonSerializerOptions Format { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    public object Journal(long after, int max, int? code) => new
    {
        emulator.Journal.Count,
        Entries = code is null
            ? emulator.Journal.EntriesAfter(after, max)
            : emulator.Journal.EntriesAfter(after).Where(entry => entry.Code == code).TakeLast(max),
    };

    public static object Codes() => new { Codes = ErrorTexts.All.Select(text => new { Code = text.Key, Text = text.Value }) };

    public object Stats()
    {
        IReadOnlyList<TrafficMeter.Second> seconds = emulator.Traffic.Read();
        EmulatorState state = emulator.State;
        return new
        {
            emulator.SdkAppId,
            Plan = emulator.Options.Plan.ToString(),
            Calls = emulator.Journal.Count,
            Accounts = state.AccountCount,
            AttributeNames = state.AttributeNames,
            state.TagCount,
            PushCount = emulator.Pushes.Count,
            Clock = emulator.UtcNow,
            emulator.Journal.Totals,
            Traffic = new
            {
                Throttled = seconds.Select(second => second.Throttled),
                Faulted = seconds.Select(second => second.Faulted),
                Endpoints = EndpointTable.All
                    .Where(endpoint => seconds.Any(second => second.Passed[endpoint.Index] > 0))
                    .Select(endpoint => new
                    {
                        endpoint.Name,
                        Limit = emulator.LimitOf(endpoint),
                        Passed = seconds.Select(second => second.Passed[endpoint.Index]),
                    }),
            },
        };
    }

    public object Accounts(string search, int max)
    {
        var found = new List<object>();
        lock (emulator.State.Lock)
        {
            foreach (Account account in emulator.State.All)
            {
                if (found.Count >= max)
                {
                    break;
                }

                if (!account.IsDeleted && account.UserId.Contains(search, StringComparison.Ordinal))
                {
                    found.Add(new { UserID = account.UserId, Attributes = emulator.State.AttributesOf(account, pushService: false), account.Tags });
                }
            }
        }

        return new { emulator.State.AccountCount, Accounts = found };
    }

    public object Pushes(long after, int max, int accounts) => new
    {
        emulator.Pushes.Count,
        Pushes = emulator.Pushes.SentAfter(after, max).Select(push => push with { Accounts = [.. push.Accounts.Take(accounts)] }),
    };

    public object Faults() => new { Faults = emulator.Faults.List().Select(Of) };

    public object Clock() => new { emulator.UtcNow };

    public static object Of(Fault fault) => new
    {
        fault.Id,
        Fault = fault.ToString(),
        fault.Limit,
        fault.IsEnabled,
        fault.Strikes,
    };
}
