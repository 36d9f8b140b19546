namespace TencentChat.Emulator.Options;

/// <summary>How fast <c>v4/timpush/batch</c> may be called.</summary>
public enum BatchRate
{
    /// <summary>10 calls a second on a trial app, 30 on a paid one.</summary>
    CallsByPlan,

    /// <summary>30 calls a second.</summary>
    ThirtyCalls,

    /// <summary>30 named accounts a second on a trial app, 500 on a paid one, whatever the number of calls.</summary>
    UsersByPlan,
}
