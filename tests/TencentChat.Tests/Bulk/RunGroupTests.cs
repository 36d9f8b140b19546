using TencentChat.Bulk;
using TencentChat.Errors;

namespace TencentChat.Tests.Bulk;

public sealed class RunGroupTests
{
    [Fact]
    public void A_run_may_be_added_while_the_others_are_being_cancelled()
    {
        var group = new RunGroup();
        using var first = new RunControl();
        using var second = new RunControl();
        using var late = new RunControl();
        group.Add(first);
        group.Add(second);
        using CancellationTokenRegistration adding = first.Cancelled.Register(() => group.Add(late));

        group.Cancel();

        Assert.True(second.Cancelled.IsCancellationRequested);
        Assert.True(late.Cancelled.IsCancellationRequested);
    }

    [Fact]
    public void A_run_that_starts_after_the_command_was_stopped_is_cancelled_at_once()
    {
        var group = new RunGroup();
        using var late = new RunControl();
        group.Cancel();

        group.Add(late);

        Assert.True(late.Cancelled.IsCancellationRequested);
    }

    [Fact]
    public void The_reason_is_that_of_the_run_that_was_stopped()
    {
        var group = new RunGroup();
        using var going = new RunControl();
        using var stopped = new RunControl();
        group.Add(going);
        group.Add(stopped);
        Assert.Null(group.Reason);

        stopped.Stop(ClientErrors.ConnectionFailed, null);

        Assert.Equal(ClientErrors.ConnectionFailed, group.Reason!.Error);
    }
}
