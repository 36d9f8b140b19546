using System.Diagnostics;

namespace TencentChat.Tests.Fakes;

/// <summary>
/// Lets asynchronous work go on until it can only wait for time, and then gives it time: the next timer's moment, never
/// more. So tests know the exact moment of everything, nothing sleeps, and an hour takes no longer than its events.
/// </summary>
internal sealed class VirtualTime(FakeClock clock)
{
    /// <summary>Tests that look at the thread pool don't run beside others, which would keep it busy.</summary>
    public const string Collection = "Virtual time";

    // What the computer may take for one step, however busy it is, before the test is called hung.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_patienceWithNothingDue = TimeSpan.FromSeconds(10);

    /// <summary>Runs a test outside the thread pool, so that a pool without work means that all work waits.</summary>
    public static Task RunAsync(Action<VirtualTime, FakeClock> test)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                var clock = new FakeClock();
                test(new VirtualTime(clock), clock);
                ended.SetResult();
            }
            catch (Exception fault)
            {
                ended.SetException(fault);
            }
        });
        thread.Start();
        return ended.Task;
    }

    /// <summary>Returns when nothing goes on any more unless time passes.</summary>
    public static void Settle()
    {
        long start = Stopwatch.GetTimestamp();
        var spin = new SpinWait();
        while (!IsPoolAtRest())
        {
            spin.SpinOnce(sleep1Threshold: -1);
            Assert.True(Stopwatch.GetElapsedTime(start) < s_patience, "The thread pool never came to rest.");
        }
    }

    /// <summary>Moves the clock in steps from timer to timer.</summary>
    public void Advance(TimeSpan by)
    {
        TimeSpan end = clock.Elapsed + by;
        Settle();
        while (clock.NextDue is { } due && due <= end)
        {
            clock.MoveTo(due);
            Settle();
        }

        clock.MoveTo(end);
        Settle();
    }

    /// <summary>Moves the clock from timer to timer until something holds.</summary>
    public void AdvanceUntil(Func<bool> holds, TimeSpan within)
    {
        TimeSpan end = clock.Elapsed + within;
        Settle();
        while (!holds())
        {
            if (clock.NextDue is not { } due)
            {
                WaitForMore(holds);
                continue;
            }

            Assert.True(due <= end, $"What was expected has not happened within {within}.");
            clock.MoveTo(due);
            Settle();
        }
    }

    /// <summary>Lets a task end, with as much time as it takes up to a bound.</summary>
    public T Await<T>(Task<T> task, TimeSpan? within = null)
    {
        AdvanceUntil(() => task.IsCompleted, within ?? TimeSpan.FromHours(1));
        return task.GetAwaiter().GetResult();
    }

    // A machine that stands still at the wrong moment can make a pool seem at rest that is not. Where time could still go on that
    // shows by itself; here the test would end, so the machine gets a while to go on.
    private void WaitForMore(Func<bool> holds)
    {
        long start = Stopwatch.GetTimestamp();
        var spin = new SpinWait();
        while (!holds() && clock.NextDue is null)
        {
            spin.SpinOnce(sleep1Threshold: -1);
            if (Stopwatch.GetElapsedTime(start) > s_patienceWithNothingDue)
            {
                throw new InvalidOperationException("Stuck: nothing waits for time any more, and what was expected has not happened.");
            }
        }

        Settle();
    }

    // One look reads its figures one after the other, and work that passes from the queue to a thread in between is in none
    // of them. It is in those of a second look, or has been done by then.
    private static bool IsPoolAtRest()
    {
        long done = ThreadPool.CompletedWorkItemCount;
        return !IsPoolBusy() && !IsPoolBusy() && ThreadPool.CompletedWorkItemCount == done;
    }

    // A thread that was asked for counts as busy from the request to the moment it finds no more work.
    private static bool IsPoolBusy()
    {
        ThreadPool.GetMaxThreads(out int most, out _);
        ThreadPool.GetAvailableThreads(out int free, out _);
        return most != free || ThreadPool.PendingWorkItemCount != 0;
    }
}

/// <summary>See <see cref="VirtualTime.Collection"/>.</summary>
[CollectionDefinition(VirtualTime.Collection, DisableParallelization = true)]
public sealed class VirtualTimeTests;
