namespace TencentChat.Calls;

/// <summary>What is to be done after an answer, an error of the service, or none.</summary>
internal enum Ruling
{
    /// <summary>The service has done what was asked.</summary>
    Done,

    /// <summary>It may pass: wait, and call again.</summary>
    Repeat,

    /// <summary>Something in the request is to blame: send less in one call until it stands alone.</summary>
    Split,

    /// <summary>It will be refused again, and says nothing of other calls.</summary>
    Refuse,

    /// <summary>Every other call would be refused as well (P7).</summary>
    EndRun,
}
