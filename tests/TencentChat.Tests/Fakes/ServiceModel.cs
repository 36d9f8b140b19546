using System.Text.Json;

namespace TencentChat.Tests.Fakes;

/// <summary>
/// The least of a service that keeps state: accounts with attributes, in one dictionary. Latency, faults and the order of
/// answers follow from the seed and from what is sent, not from the order in which calls happen to arrive.
/// </summary>
internal sealed class ServiceModel(FakeClock clock, int seed, int faultPercent)
{
    /// <summary>A value that the service refuses.</summary>
    public const string BadValue = "bad";

    private readonly Lock _gate = new();
    private readonly HashSet<string> _inFlight = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _sent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _bodies = new(StringComparer.Ordinal);

    /// <summary>The app's names; two of them differ by case.</summary>
    public static string[] Names { get; } = ["city", "City", "sex", "level"];

    public Dictionary<string, Dictionary<string, string>> Accounts { get; } = new(StringComparer.Ordinal);

    /// <summary>Accounts that were in two calls at a time.</summary>
    public List<string> Collisions { get; } = [];

    public int Faults { get; private set; }

    /// <summary>In how many calls an account came.</summary>
    public int TimesSent(string account) => _sent.GetValueOrDefault(account);

    public async Task<HttpResponseMessage> AnswerAsync(ScriptedCall call)
    {
        Random random = Enter(call);
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 800)), clock, call.GivenUp).ConfigureAwait(false);
            if (random.Next(100) < faultPercent)
            {
                lock (_gate)
                {
                    Faults++;
                }

                return await FaultAsync(call, random).ConfigureAwait(false);
            }

            HttpResponseMessage answer = Do(call, random, isFaulty: false);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 800)), clock, call.GivenUp).ConfigureAwait(false);
            return answer;
        }
        finally
        {
            Leave(call);
        }
    }

    private Random Enter(ScriptedCall call)
    {
        lock (_gate)
        {
            foreach (string account in call.Accounts)
            {
                _sent[account] = TimesSent(account) + 1;
                if (!_inFlight.Add(account))
                {
                    Collisions.Add(account);
                }
            }

            int before = _bodies.GetValueOrDefault(call.Body);
            _bodies[call.Body] = before + 1;
            uint hash = 2166136261;
            foreach (char c in call.Body)
            {
                hash = (hash ^ c) * 16777619;
            }

            return new Random(unchecked((int)hash + (seed * 31) + (before * 7919)));
        }
    }

    private void CountUnsent(ScriptedCall call)
    {
        lock (_gate)
        {
            foreach (string account in call.Accounts)
            {
                _sent[account]--;
            }
        }
    }

    private void Leave(ScriptedCall call)
    {
        lock (_gate)
        {
            _inFlight.ExceptWith(call.Accounts);
        }
    }

    private async Task<HttpResponseMessage> FaultAsync(ScriptedCall call, Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                int[] codes = [91000, 60007, 70114, 60008, 70169, 30008];
                return Answers.Code(codes[random.Next(codes.Length)]);
            case 1:
                CountUnsent(call);
                throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused");
            case 2:
                return Answers.Status(random.Next(2) == 0 ? 502 : 503);
            case 3:
                Do(call, random, isFaulty: false);
                throw Answers.Broken();
            case 4:
                Do(call, random, isFaulty: false);
                return Answers.Code(60008);
            case 5:
                HttpResponseMessage answer = Do(call, random, isFaulty: false);
                byte[] whole = await answer.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
                return Answers.Bytes(whole[..random.Next(whole.Length)]);
            case 6:
                if (random.Next(2) == 0)
                {
                    Do(call, random, isFaulty: false);
                }

                return await Answers.NeverAsync(call).ConfigureAwait(false);
            default:
                return Do(call, random, isFaulty: true);
        }
    }

    // Whether single accounts have their own trouble, the work for them done or not.
    private HttpResponseMessage Do(ScriptedCall call, Random random, bool isFaulty)
    {
        lock (_gate)
        {
            using var body = JsonDocument.Parse(call.Body);
            return call.Endpoint switch
            {
                "im_get_attr_name" or "get_attr_name" => Answers.Names(Names),
                "im_get_attr" or "get_attr" => Answers.Attributes(Shuffle(call.Accounts.Where(Accounts.ContainsKey), random), account => Accounts[account]),
                "account_delete" => Delete(call, random, isFaulty),
                "im_set_attr" or "set_attr" => Change(body, call, random, isFaulty, Set),
                "im_remove_attr" or "remove_attr" => Change(body, call, random, isFaulty, Remove),
                _ => Answers.Code(60009),
            };
        }
    }

    private HttpResponseMessage Delete(ScriptedCall call, Random random, bool isFaulty)
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string account in call.Accounts)
        {
            int trouble = isFaulty ? random.Next(6) : 6;
            if (trouble is not (0 or 2))
            {
                codes[account] = Accounts.Remove(account) ? 0 : 70107;
            }

            // 0 and 1: an error, the work not done or done; 2 and 3: left out of the answer.
            if (trouble < 2)
            {
                codes[account] = 70500;
            }
            else if (trouble < 4)
            {
                codes.Remove(account);
            }
        }

        return Answers.Deleted(Shuffle(codes.Keys, random), account => codes[account]);
    }

    private HttpResponseMessage Change(JsonDocument body, ScriptedCall call, Random random, bool isFaulty, Action<Dictionary<string, string>, JsonElement> change)
    {
        var items = body.RootElement.GetProperty("UserAttrs").EnumerateArray().ToDictionary(
            item => item.GetProperty("To_Account").GetString()!, item => item.GetProperty("Attrs"), StringComparer.Ordinal);
        bool tellsEach = call.Endpoint is "set_attr" or "remove_attr";
        if (items.Values.Any(HasUnknownName))
        {
            return Answers.Code(90033);
        }

        if (items.Values.Any(HasBadValue))
        {
            return Answers.Code(90030);
        }

        if (!tellsEach && items.Keys.Any(account => !Accounts.ContainsKey(account)))
        {
            return Answers.Code(90048);
        }

        var errors = new List<(string, int)>();
        foreach ((string account, JsonElement attributes) in items)
        {
            int trouble = isFaulty && tellsEach ? random.Next(4) : 4;
            if (!Accounts.TryGetValue(account, out Dictionary<string, string>? state))
            {
                errors.Add((account, 70107));
                continue;
            }

            if (trouble != 0)
            {
                change(state, attributes);
            }

            if (trouble < 2)
            {
                errors.Add((account, 91000));
            }
        }

        return Answers.ErrorList([.. Shuffle(errors, random)]);
    }

    private static void Set(Dictionary<string, string> state, JsonElement attributes)
    {
        foreach (JsonProperty attribute in attributes.EnumerateObject())
        {
            state[attribute.Name] = attribute.Value.GetString()!;
        }
    }

    private static void Remove(Dictionary<string, string> state, JsonElement names)
    {
        foreach (JsonElement name in names.EnumerateArray())
        {
            state.Remove(name.GetString()!);
        }
    }

    private static bool HasUnknownName(JsonElement attributes) => attributes.ValueKind == JsonValueKind.Array
        ? attributes.EnumerateArray().Any(name => !Names.Contains(name.GetString(), StringComparer.Ordinal))
        : attributes.EnumerateObject().Any(attribute => !Names.Contains(attribute.Name, StringComparer.Ordinal));

    private static bool HasBadValue(JsonElement attributes) =>
        attributes.ValueKind == JsonValueKind.Object && attributes.EnumerateObject().Any(attribute => attribute.Value.GetString() == BadValue);

    private static T[] Shuffle<T>(IEnumerable<T> items, Random random)
    {
        T[] shuffled = [.. items];
        random.Shuffle(shuffled);
        return shuffled;
    }
}
