using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TencentChat.Emulator.Faults;
using TencentChat.Emulator.Journal;
using TencentChat.Emulator.Options;
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

    public object Journal(long after, int max, Func<JournalEntry, bool>? filter) => new
    {
        // Before the calls: whoever asks for those after it gets some of them twice rather than never.
        emulator.Journal.Count,
        Entries = filter is null
            ? emulator.Journal.EntriesAfter(after, max)
            : emulator.Journal.EntriesAfter(after).Where(filter).TakeLast(max),
    };

    /// <summary>Reads which calls are asked for: those of a code, of <c>none</c>, or all that are an <c>error</c>.</summary>
    /// <returns>Whether it is one of these.</returns>
    public static bool TryReadFilter(string? code, out Func<JournalEntry, bool>? filter)
    {
        bool isNumber = int.TryParse(code, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number);
        filter = code switch
        {
            null or "" => null,
            "none" => entry => entry.Code is null,
            "error" => entry => !entry.IsSuccess,
            _ => entry => entry.Code == number,
        };
        return isNumber || code is null or "" or "none" or "error";
    }

    public static object Codes() => new { Codes = ErrorTexts.All.Select(text => new { Code = text.Key, Text = text.Value }) };

    public object Stats()
    {
        IReadOnlyList<TrafficMeter.Second> seconds = emulator.Traffic.Read();
        EmulatorState state = emulator.State;
        return new
        {
            emulator.SdkAppId,
            Plan = emulator.Options.Plan.ToString(),
            Resets = emulator.ResetCount,
            Calls = emulator.Journal.Count,
            Accounts = state.AccountCount,
            AttributeNames = state.AttributeNames,
            state.TagCount,
            PushCount = emulator.Pushes.Count,
            Clock = emulator.UtcNow,
            emulator.Journal.Totals,
            Traffic = new
            {
                Calls = seconds.Select(second => second.Calls),
                Throttled = seconds.Select(second => second.Throttled),
                Errors = seconds.Select(second => second.Errors),
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

    public object Accounts(string prefix, int skip, int max)
    {
        var found = new List<object>();
        bool hasMore = false;
        lock (emulator.State.Lock)
        {
            int fits = 0;
            foreach (Account account in emulator.State.All)
            {
                if (account.IsDeleted || !account.UserId.StartsWith(prefix, StringComparison.Ordinal) || fits++ < skip)
                {
                    continue;
                }

                if (found.Count == max)
                {
                    hasMore = true;
                    break;
                }

                found.Add(new { UserID = account.UserId, Attributes = emulator.State.AttributesOf(account, pushService: false), account.Tags });
            }

            return new { emulator.State.AccountCount, HasMore = hasMore, Accounts = found };
        }
    }

    /// <summary>All that is known of one account; null when there is none.</summary>
    public object? Account(string userId)
    {
        lock (emulator.State.Lock)
        {
            if (emulator.State.Find(userId) is not { } account)
            {
                return null;
            }

            OpenQuestions questions = emulator.Options.OpenQuestions;
            return new
            {
                UserID = account.UserId,
                Attributes = emulator.State.AttributesOf(account, pushService: false),
                account.Tags,
                PushServiceAttributes = questions.FamiliesShareAttributes ? null : emulator.State.AttributesOf(account, pushService: true),
                PushServiceTags = questions.FamiliesShareTags ? null : account.PushServiceTags,
                account.Details?.Nick,
                account.Details?.FaceUrl,
                IsImported = account.Details?.IsImported ?? false,
                KickedAt = account.Details is { KickedAt: > 0 } details ? DateTimeOffset.FromUnixTimeSeconds(details.KickedAt) : (DateTimeOffset?)null,
            };
        }
    }

    public object Pushes(long after, int max, int accounts) => new
    {
        emulator.Pushes.Count,
        Pushes = emulator.Pushes.SentAfter(after, max).Select(push => new
        {
            push.Sequence,
            push.TaskId,
            Service = EndpointTable.All.First(endpoint => endpoint.Name == push.Endpoint).Path.Split('/')[2],
            push.Endpoint,
            push.Time,
            push.From,
            push.MsgRandom,
            push.Condition,
            Audience = AudienceWords.Of(push, emulator.Options.OpenQuestions.TagsNotOfSeveral),
            push.Text,
            push.IsOnlineOnly,
            push.AudienceCount,
            Accounts = push.Accounts.Take(accounts),
            push.Repeats,
            push.RevokedAt,
        }),
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
