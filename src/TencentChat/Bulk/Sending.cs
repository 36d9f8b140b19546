using System.Runtime.CompilerServices;
using System.Text.Json;
using TencentChat.Calls;
using TencentChat.Errors;
using TencentChat.Protocol;
using TencentChat.RateLimiting;

namespace TencentChat.Bulk;

/// <summary>
/// One call for accounts of a batch, with its repeats: settles the accounts that an answer decides, and keeps those that are
/// to be sent again. Matches answers to accounts by name.
/// </summary>
internal sealed class Sending<TRow>(AccountCall<TRow> call, List<AccountWork<TRow>> accounts, Batch<TRow> batch, RunControl control) : RepeatedCall
    where TRow : ChatResult, IBulkRow<TRow>
{
    private readonly List<AccountWork<TRow>> _apart = [];
    private bool _hasStarted;
    private RateLimiter? _limiter;
    private Verdict? _lastFailure;
    private int? _answersBefore;

    public override ChatEndpoint Endpoint => call.Endpoint;

    public override bool CanSplit => Pending.Count > 1 || CanPart(Pending[0]);

    /// <summary>The accounts that wait for an answer that decides them.</summary>
    public List<AccountWork<TRow>> Pending { get; set; } = accounts;

    /// <summary>Whether merged rows are to be sent one by one.</summary>
    public bool HasRowsApart => _apart.Count > 0;

    /// <summary>Whether anything is left to be sent.</summary>
    public bool IsUnfinished => Pending.Count > 0 || HasRowsApart;

    /// <summary>
    /// Whether the whole call, and not some account of it, was left without an answer that can be used: one of its rows may
    /// be what the service, or something on the way, chokes on.
    /// </summary>
    public bool IsWhollyUnclear { get; private set; }

    /// <summary>
    /// Whether the last try could not be sent, and no call of the run has been answered since the first try failed, or none of
    /// the connection at all when there was only one: nothing gets through, and not only this call.
    /// </summary>
    public bool IsOutage { get; private set; }

    /// <summary>Whether a smaller call may be answered although this one is not.</summary>
    public bool IsWorthASearch => Pending.Count > 1 && (IsWhollyUnclear || (_lastFailure is { IsUnsent: true } && !IsOutage));

    /// <summary>The accounts whose merged rows are to be sent one by one; each is given once.</summary>
    public List<AccountWork<TRow>> TakeApart()
    {
        List<AccountWork<TRow>> taken = [.. _apart];
        _apart.Clear();
        return taken;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void OnStart(StartedCall started)
    {
        _limiter = started.Limiter;
        control.Traffic.CountStart(started);
        if (_hasStarted)
        {
            control.CountRepeat();
        }

        _hasStarted = true;
        batch.CountCall();
        foreach (AccountWork<TRow> account in Pending)
        {
            account.Attempts++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void WriteBody(Utf8JsonWriter writer)
    {
        try
        {
            call.WriteBody(writer, Pending);
        }
        catch
        {
            // A defect of ours ends the run, and what could not be written was not sent.
            Pending.ForEach(account => account.Attempts--);
            throw;
        }
    }

    public override bool CanRepeatAfter(ChatError error) => call.IsRepeatable || !error.MayHaveBeenDone;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override Verdict OnReply(ChatReply reply)
    {
        call.OnReply(reply, Pending);
        Verdict? stranger = FindStranger(reply);
        Verdict result = Verdict.Done;
        bool isAnyDone = false;
        var again = new List<AccountWork<TRow>>();
        foreach (AccountWork<TRow> account in Pending)
        {
            ReplyItem? item = reply.Accounts.Find(account.UserId);
            Verdict verdict = item is null && stranger is not null ? stranger : Verdict.Of(item, call.Silence);
            switch (verdict.Ruling)
            {
                case Ruling.Done:
                    isAnyDone = true;
                    TakeSuccess(account, item);
                    break;
                case Ruling.Repeat when !CanRepeatAfter(verdict.Error!):
                case Ruling.Split when verdict == stranger && !CanRepeatAfter(verdict.Error!):
                    // Another account of the call may be worth a repeat; this one must not go with it (P13).
                    account.IsUnclear = true;
                    account.GiveUp(call.OfUnclear(verdict.Error!), verdict.Info);
                    break;
                case Ruling.Repeat:
                case Ruling.Split when verdict == stranger:
                    result = stranger ?? verdict;
                    account.IsUnclear |= verdict.Error!.IsEffectUnclear;
                    again.Add(account);
                    break;
                default:
                    TakeRefusal(account, verdict);
                    break;
            }
        }

        if (again.Count < Pending.Count)
        {
            control.CountAnswer();
        }

        if (isAnyDone)
        {
            control.CountSuccess();
        }

        IsWhollyUnclear = false;
        IsOutage = false;
        Pending = again;
        _lastFailure = result.Ruling == Ruling.Done ? _lastFailure : result;
        return result;
    }

    public override void OnFailure(Verdict verdict)
    {
        ChatError error = verdict.Error!;
        _lastFailure = verdict;
        IsWhollyUnclear = error.IsEffectUnclear;
        IsOutage = verdict.IsUnsent && (_answersBefore is { } before ? control.Answers == before : !verdict.OthersPass);
        _answersBefore ??= control.Answers;
        if (error.Class == ErrorClass.Throttle)
        {
            control.Traffic.CountThrottled(_limiter!);
        }

        foreach (AccountWork<TRow> account in Pending)
        {
            account.IsUnclear |= error.IsEffectUnclear || !CanRepeatAfter(error);

            // What could not be sent has not been tried.
            account.Attempts -= verdict.IsUnsent ? 1 : 0;
        }

        if (verdict.Ruling is Ruling.Refuse or Ruling.EndRun)
        {
            Verdict told = CanRepeatAfter(error) ? verdict : verdict.With(call.OfUnclear(error));
            Pending.ForEach(account => Refuse(account, told));
            Pending = [];
        }
    }

    /// <summary>An account that stands alone is refused.</summary>
    public void TakeRefusal(AccountWork<TRow> account, Verdict verdict)
    {
        if (call.IsDoneAlready(account, verdict.Error!))
        {
            account.SucceedAfter("Done by an earlier try whose answer was lost.");
        }
        else if (verdict.Ruling == Ruling.Split && CanPart(account))
        {
            _apart.Add(account);
        }
        else
        {
            Refuse(account, verdict);
        }
    }

    /// <summary>The repeats are used up.</summary>
    public void GiveUp(Verdict verdict)
    {
        if (verdict.IsUnsent && control.Reason is not null)
        {
            EndWithRun();
            return;
        }

        ChatError error = verdict.Error!.IsEffectUnclear ? call.OfUnclear(verdict.Error) : verdict.Error;
        Pending.ForEach(account => account.GiveUp(error, verdict.Info));
        Pending = [];
    }

    /// <summary>The run has ended, and no further call may start.</summary>
    public void EndWithRun()
    {
        StopReason reason = control.Reason!;
        foreach (AccountWork<TRow> account in Pending)
        {
            if (account.Attempts > 0)
            {
                account.GiveUp(_lastFailure?.Error ?? reason.Error, _lastFailure is null ? reason.Info : _lastFailure.Info);
            }
            else
            {
                account.Skip(reason.Error);
            }
        }

        Pending = [];
    }

    // Whatever an earlier try of this call has done, it is done now; calls that follow start without a doubt.
    private void TakeSuccess(AccountWork<TRow> account, ReplyItem? item)
    {
        account.IsUnclear = false;
        if (item is null)
        {
            call.OnDone(account);
        }
        else
        {
            call.OnItem(account, item);
        }
    }

    private bool CanPart(AccountWork<TRow> account) => call.CanPartRows && account.Rows.Length > 1;

    // An account that failed and was not asked for: another spelling of one that was, perhaps.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Verdict? FindStranger(ChatReply reply)
    {
        int failures = reply.Accounts.Failures;
        if (failures == 0 || failures == Pending.Count(account => reply.Accounts.Find(account.UserId) is { IsFailure: true }))
        {
            return null;
        }

        var asked = Pending.Select(account => account.UserId).ToHashSet(StringComparer.Ordinal);
        return Verdict.OfStranger(reply.Accounts.FailedUserIds.First(userId => !asked.Contains(userId)));
    }

    // What is wrong with a row was wrong in an earlier try as well; any other refusal says nothing of what that try has done.
    private void Refuse(AccountWork<TRow> account, Verdict verdict)
    {
        ChatError error = verdict.Error!;
        if (error.IsRequestContent || error.Class == ErrorClass.NotFound)
        {
            account.Fail(error, verdict.Info);
        }
        else
        {
            account.GiveUp(error, verdict.Info);
        }

        if (verdict.Ruling == Ruling.EndRun)
        {
            control.Stop(error, verdict.Info);
        }
    }
}
