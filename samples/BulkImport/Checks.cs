namespace BulkImport;

/// <summary>Prints what was compared, and turns it into an exit code.</summary>
internal sealed class Checks
{
    private int _all;
    private int _different;

    public void That(string fact, bool holds)
    {
        _all++;
        _different += holds ? 0 : 1;
        Console.WriteLine($"    {(holds ? "ok" : "DIFFERS")}: {fact}");
    }

    public int Complete()
    {
        Console.WriteLine(_different == 0 ? $"All {_all} checks hold." : $"{_different} of {_all} checks DIFFER.");
        return _different == 0 ? 0 : 1;
    }
}
