namespace TencentChat.Bulk;

/// <summary>How throttled calls have slowed a run down, in calls a second.</summary>
/// <param name="From">The highest rate of the run.</param>
/// <param name="To">The rate after it.</param>
internal readonly record struct RateFall(double From, double To);
