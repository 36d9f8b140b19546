using System.Management.Automation;

namespace LeastCmdlet;

/// <summary>Takes the four values of a row by name, asks, and writes one object for it. Nothing else.</summary>
[Cmdlet(VerbsCommon.Set, "LeastRow", SupportsShouldProcess = true)]
[OutputType(typeof(LeastRow))]
public sealed class SetLeastRowCommand : PSCmdlet
{
    /// <summary>The first column.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string? UserId { get; set; }

    /// <summary>The second column.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Sex { get; set; }

    /// <summary>The third column.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? City { get; set; }

    /// <summary>The fourth column.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Level { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess(UserId))
        {
            WriteObject(new LeastRow(UserId!, Sex, City, Level));
        }
    }
}

/// <summary>What came in.</summary>
/// <param name="UserId">The first column.</param>
/// <param name="Sex">The second column.</param>
/// <param name="City">The third column.</param>
/// <param name="Level">The fourth column.</param>
public sealed record LeastRow(string UserId, string? Sex, string? City, string? Level);
