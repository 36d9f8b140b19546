using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;

namespace TencentChat.Emulator.State;

/// <summary>
/// How often pushes may go out, and which calls are one and the same push (pages 37165, 37166, 60561, 67553). Dates are the
/// emulator's, so that its clock moved forward frees the quota. Under the state's lock.
/// </summary>
internal sealed class PushRules(EmulatorOptions options, EmulatorClock clock)
{
    private const int UsualPerDay = 100;
    private const int TrialPerDayOfTimPush = 10;
    private const int TrialUsersPerSecond = 30;
    private const int PaidUsersPerSecond = 500;

    private static readonly TimeSpan s_spacing = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestMemory = TimeSpan.FromDays(7);
    private static readonly TimeSpan s_beijing = TimeSpan.FromHours(8);

    private readonly Dictionary<Service, List<DateTimeOffset>> _pushed = [];
    private readonly Dictionary<(string Endpoint, uint MsgRandom), (DateTimeOffset Time, string TaskId)> _byRandom = [];
    private readonly Queue<(long Timestamp, int Users)> _users = new();
    private DateTimeOffset? _lastRevocation;
    private long _usersOfLastSecond;

    /// <summary>The task that a call repeats; null when it is a push of its own.</summary>
    public string? TaskRepeatedBy(Endpoint endpoint, uint msgRandom)
    {
        TimeSpan window = options.OpenQuestions.MsgRandomWindow == MsgRandomWindow.SevenDays ? s_longestMemory : s_spacing;
        return _byRandom.TryGetValue((endpoint.Name, msgRandom), out (DateTimeOffset Time, string TaskId) known) && clock.UtcNow - known.Time <= window
            ? known.TaskId
            : null;
    }

    /// <summary>The code that says that no push may go out now; 0 = one may.</summary>
    public int Judge(Service service)
    {
        List<DateTimeOffset> pushed = PushedBy(service);
        DateTimeOffset now = clock.UtcNow;
        // Pages say "more than a second", so a second is not enough.
        if (pushed.Count > 0 && now - pushed[^1] <= s_spacing)
        {
            return Codes.PushedTooSoon;
        }

        DateTimeOffset dayBegan = options.OpenQuestions.PushDay switch
        {
            PushDay.UtcDay => new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero),
            PushDay.BeijingDay => new DateTimeOffset(now.ToOffset(s_beijing).Date, s_beijing),
            _ => now.AddDays(-1),
        };
        int perDay = options.PushesPerDay
            ?? (service == Service.TimPush && options.Plan == EmulatorPlan.Trial ? TrialPerDayOfTimPush : UsualPerDay);
        return perDay > 0 && pushed.Count(time => time >= dayBegan) >= perDay ? Codes.PushQuotaSpent : 0;
    }

    /// <summary>Notes a push that went out.</summary>
    public void NotePush(Service service)
    {
        List<DateTimeOffset> pushed = PushedBy(service);
        pushed.RemoveAll(time => time < clock.UtcNow.AddDays(-1));
        pushed.Add(clock.UtcNow);
    }

    /// <summary>Notes which task calls of the same <c>MsgRandom</c> repeat from now on.</summary>
    public void NoteRandom(Endpoint endpoint, uint msgRandom, string taskId)
    {
        DateTimeOffset now = clock.UtcNow;
        foreach ((string Endpoint, uint MsgRandom) old in _byRandom.Where(known => now - known.Value.Time > s_longestMemory).Select(known => known.Key).ToList())
        {
            _byRandom.Remove(old);
        }

        _byRandom[(endpoint.Name, msgRandom)] = (now, taskId);
    }

    /// <summary>Whether a revocation comes more than a second after the last; each counts, whatever became of it.</summary>
    public bool TryRevoke()
    {
        bool isTooSoon = clock.UtcNow - _lastRevocation <= s_spacing;
        _lastRevocation = clock.UtcNow;
        return !isTooSoon;
    }

    /// <summary>Whether so many users may be named now, where they are what is counted. A call that alone is over the limit waits for an empty second.</summary>
    public bool TryNameUsers(int users)
    {
        if (options.OpenQuestions.BatchRate != BatchRate.UsersByPlan || options.RateLimit == 0)
        {
            return true;
        }

        // Like calls, they are counted by a clock that nobody moves.
        long now = clock.Time.GetTimestamp();
        while (_users.TryPeek(out (long Timestamp, int Users) oldest) && now - oldest.Timestamp >= clock.Time.TimestampFrequency)
        {
            _usersOfLastSecond -= _users.Dequeue().Users;
        }

        int limit = options.Plan == EmulatorPlan.Trial ? TrialUsersPerSecond : PaidUsersPerSecond;
        if (_usersOfLastSecond > 0 && _usersOfLastSecond + users > limit)
        {
            return false;
        }

        _users.Enqueue((now, users));
        _usersOfLastSecond += users;
        return true;
    }

    public void Clear()
    {
        _pushed.Clear();
        _byRandom.Clear();
        _users.Clear();
        _lastRevocation = null;
        _usersOfLastSecond = 0;
    }

    private List<DateTimeOffset> PushedBy(Service service)
    {
        Service counted = options.OpenQuestions.FamiliesSharePushQuota ? Service.AllMemberPush : service;
        return _pushed.TryGetValue(counted, out List<DateTimeOffset>? pushed) ? pushed : _pushed[counted] = [];
    }
}
