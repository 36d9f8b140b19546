using TencentChat.Bulk;

namespace TencentChat.Tests.Bulk;

/// <summary>Promise P5: who waits for room or for a batch is woken by whatever can end the wait.</summary>
public sealed class InputWindowTests
{
    [Theory]
    [InlineData("sent")]
    [InlineData("taken")]
    public void P5_who_waits_looks_again_when_a_batch_was(string what)
    {
        var window = new InputWindow(new BulkOptions(), batchSize: 100);
        Assert.True(window.TryBegin());
        Task changed = window.Changed;
        Assert.False(changed.IsCompleted);
        if (what == "sent")
        {
            window.OnLeave();
        }
        else
        {
            window.OnTaken();
        }

        Assert.True(changed.IsCompleted);
        Assert.False(window.Changed.IsCompleted);
    }
}
