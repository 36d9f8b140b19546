namespace TencentChat.Storm;

/// <summary>What the books of one operation say.</summary>
internal sealed class Findings
{
    private const int MostExamples = 10;

    private readonly List<string> _examples = [];

    public int Rows { get; set; }

    public int Succeeded { get; set; }

    public int Failed { get; set; }

    public int Unknown { get; set; }

    public int Skipped { get; set; }

    /// <summary>Rows that cannot succeed, by what the input and the state before tell.</summary>
    public int HopelessRows { get; set; }

    /// <summary>Rows that more than one call carried.</summary>
    public int RepeatedRows { get; set; }

    /// <summary>The most calls that carried one row.</summary>
    public int MostAttempts { get; set; }

    /// <summary>Users who got a push more than once, or pushes to an audience that went out more than once.</summary>
    public int ReceivedTwice { get; set; }

    /// <summary>Accounts in the state after the operation.</summary>
    public int Accounts { get; set; }

    /// <summary>How much is wrong.</summary>
    public int Wrong { get; private set; }

    /// <summary>The first few things that are wrong.</summary>
    public IReadOnlyList<string> Examples => _examples;

    public void Require(bool isTrue, string what)
    {
        if (isTrue)
        {
            return;
        }

        Wrong++;
        if (_examples.Count < MostExamples)
        {
            _examples.Add(what);
        }
    }
}
