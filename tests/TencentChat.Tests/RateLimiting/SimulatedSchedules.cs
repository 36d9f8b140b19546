namespace TencentChat.Tests.RateLimiting;

/// <summary>Schedules of runs, one for each seed, and what came of them.</summary>
internal static class SimulatedSchedules
{
    // So long after a run has come or gone, shares are as they will be.
    private const int SecondsToSettle = 8;

    /// <summary>One run of a million accounts.</summary>
    public static SimulatedFigures Alone(SimulatedConditions conditions, int schedules)
    {
        var figures = new SimulatedFigures();
        for (int seed = 0; seed < schedules; seed++)
        {
            var run = new SimulatedRun { From = 0.3, Calls = 10_000 };
            new Simulation(seed, conditions, [run]).Run(1000);

            // From the first call to the last.
            double rate = run.Calls / (run.EndedAt - conditions.RoundTrip - run.From);
            figures.Add(rate / 100, [run], 1);
            figures.TakesOthersForLikely(run.EverSawOthers);
        }

        return figures;
    }

    /// <summary>Runs of as many accounts each that begin at once, within two seconds, or within eight.</summary>
    public static SimulatedFigures Together(int runs, SimulatedConditions conditions, int schedules)
    {
        var figures = new SimulatedFigures();
        for (int seed = 0; seed < schedules; seed++)
        {
            var random = new Random(seed);
            double spread = (seed % 3) switch { 0 => 0.1, 1 => 2, _ => 8 };
            SimulatedRun[] all = [.. Enumerable.Range(0, runs).Select(_ => new SimulatedRun { From = random.NextDouble() * spread, Calls = 3000 })];
            new Simulation(seed, conditions with { ShareOfWayThere = random.NextDouble() }, all).Run(1000);

            int from = (int)all.Max(run => run.From) + SecondsToSettle;
            int to = (int)all.Min(run => run.EndedAt);
            int[] shares = [.. all.Select(run => run.AnsweredIn(from, to))];
            figures.Add(shares.Sum() / 100.0 / (to - from), all, shares.Min() / (double)shares.Max());
            figures.TakesOthersForLikely(all.All(run => run.EverSawOthers));
        }

        return figures;
    }

    /// <summary>One run that goes on, and others of 100,000 accounts that come every 10 to 30 seconds.</summary>
    public static SimulatedFigures ComeAndGo(SimulatedConditions conditions, int schedules)
    {
        var figures = new SimulatedFigures();
        for (int seed = 0; seed < schedules; seed++)
        {
            var random = new Random(seed);
            List<SimulatedRun> all = [new() { Until = 120 }];
            for (double from = 5; from < 90; from += 10 + (random.NextDouble() * 20))
            {
                all.Add(new SimulatedRun { From = from, Calls = 1000 });
            }

            new Simulation(seed, conditions with { ShareOfWayThere = random.NextDouble() }, all).Run(1000);
            int[] steady = [.. Enumerable.Range(SecondsToSettle, 110).Where(second => all.TrueForAll(run => IsSettled(run, second)))];
            double sum = steady.Sum(second => all.Sum(run => run.AnsweredIn(second, second + 1)));
            figures.Add(sum / 100 / steady.Length, all, all.Min(run => ShareOfItsDue(run, all)));
        }

        return figures;
    }

    /// <summary>One run of 20 seconds, and another in its middle third; from the sixth second on, the changes counted in.</summary>
    public static SimulatedFigures Visit(SimulatedConditions conditions, int schedules)
    {
        var figures = new SimulatedFigures();
        for (int seed = 0; seed < schedules; seed++)
        {
            var random = new Random(seed);
            double from = 6.667 + (random.NextDouble() * 0.6);
            SimulatedRun[] all = [new() { Until = 20 }, new() { From = from, Until = from + 6.667 }];
            new Simulation(seed, conditions with { ShareOfWayThere = random.NextDouble() }, all).Run(1000);
            (int answered, int throttled) = (all.Sum(run => run.AnsweredIn(6, 19)), all.Sum(run => run.ThrottledIn(6, 19)));
            figures.Add(answered / 1300.0, all, 1, throttled / (double)(answered + throttled));
        }

        return figures;
    }

    /// <summary>Runs of 20 seconds that begin at once; all of it, the first seconds included.</summary>
    public static SimulatedFigures BeginAtOnce(int runs, SimulatedConditions conditions, int schedules)
    {
        var figures = new SimulatedFigures();
        for (int seed = 0; seed < schedules; seed++)
        {
            var random = new Random(seed);
            SimulatedRun[] all = [.. Enumerable.Range(0, runs).Select(_ => random.NextDouble() * 0.3).Select(from => new SimulatedRun { From = from, Until = from + 20 })];
            new Simulation(seed, conditions with { ShareOfWayThere = random.NextDouble() }, all).Run(1000);
            figures.Add(all.Sum(run => run.AnsweredIn(0, 20)) / 2000.0, all, 1);
        }

        return figures;
    }

    /// <summary>One run of 110 seconds against limits that are not the documented ones.</summary>
    public static SimulatedFigures LowerLimit(SimulatedConditions conditions, int schedules)
    {
        var figures = new SimulatedFigures();
        for (int seed = 0; seed < schedules; seed++)
        {
            var run = new SimulatedRun { Until = 110 };
            new Simulation(seed, conditions, [run]).Run(1000);
            figures.Add(run.Answered / Enumerable.Range(0, 110).Sum(second => (double)conditions.Limit(second)), [run], 1);
        }

        return figures;
    }

    private static bool IsSettled(SimulatedRun run, int second) =>
        !(second >= run.From - 1 && second < run.From + SecondsToSettle)
        && !(second >= run.EndedAt - 1 && second < run.EndedAt + SecondsToSettle);

    // What a run got of what it would have got had the limit been divided equally at every moment, from its start on.
    private static double ShareOfItsDue(SimulatedRun run, List<SimulatedRun> all)
    {
        (int from, int to) = ((int)run.From + 1, (int)run.EndedAt);
        double due = Enumerable.Range(from, to - from).Sum(second => 100.0 / all.Count(other => other.IsThere(second + 0.5)));
        return run.AnsweredIn(from, to) / due;
    }
}
