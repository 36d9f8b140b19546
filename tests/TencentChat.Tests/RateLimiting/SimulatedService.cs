namespace TencentChat.Tests.RateLimiting;

/// <summary>Counts calls as the service may do it.</summary>
internal sealed class SimulatedService(SimulatedConditions conditions, double phase)
{
    private readonly Queue<double> _counted = new();
    private double _second = double.NegativeInfinity;

    /// <summary>Lets a call pass, or not.</summary>
    public bool TryPass(double now)
    {
        if (conditions.IsWindowFixed && Math.Floor(now + phase) is var second && second != _second)
        {
            _second = second;
            _counted.Clear();
        }

        while (!conditions.IsWindowFixed && _counted.TryPeek(out double first) && now - first >= 1)
        {
            _counted.Dequeue();
        }

        bool hasPassed = _counted.Count < conditions.Limit(now);
        if (hasPassed || conditions.DoRefusedCount)
        {
            _counted.Enqueue(now);
        }

        return hasPassed;
    }
}
