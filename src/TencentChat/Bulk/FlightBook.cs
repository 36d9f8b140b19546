namespace TencentChat.Bulk;

/// <summary>Sees to it that an account is never in two calls at a time, so that its last row wins (P3).</summary>
internal sealed class FlightBook
{
    private readonly Dictionary<string, Flight> _lastFlight = new(StringComparer.Ordinal);

    /// <summary>Registers a batch; to be called in input order.</summary>
    public Flight Board(IReadOnlyList<AccountWork> works)
    {
        var flight = new Flight(works);
        lock (_lastFlight)
        {
            Flight? previous = null;
            foreach (AccountWork work in works)
            {
                if (_lastFlight.TryGetValue(work.UserId, out Flight? other) && other != previous)
                {
                    flight.WaitFor(other);
                    previous = other;
                }

                _lastFlight[work.UserId] = flight;
            }
        }

        return flight;
    }

    public void Land(Flight flight)
    {
        lock (_lastFlight)
        {
            foreach (AccountWork work in flight.Works)
            {
                if (_lastFlight.TryGetValue(work.UserId, out Flight? last) && last == flight)
                {
                    _lastFlight.Remove(work.UserId);
                }
            }
        }

        flight.Land();
    }
}
