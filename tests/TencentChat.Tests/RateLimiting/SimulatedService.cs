namespace TencentChat.Tests.RateLimiting;

/// <summary>Counts calls as the service does. Calls that it refuses don't count.</summary>
internal sealed class SimulatedService(SimulatedConditions conditions, double phase)
{
    private readonly Queue<double> _passed = new();
    private double _second = double.NegativeInfinity;

    /// <summary>Lets a call pass, or not.</summary>
    public bool TryPass(double now)
    {
        if (conditions.IsWindowFixed && Math.Floor(now + phase) is var second && second != _second)
        {
            _second = second;
            _passed.Clear();
        }

        while (!conditions.IsWindowFixed && _passed.TryPeek(out double first) && now - first >= 1)
        {
            _passed.Dequeue();
        }

        if (_passed.Count >= conditions.Limit(now))
        {
            return false;
        }

        _passed.Enqueue(now);
        return true;
    }
}
