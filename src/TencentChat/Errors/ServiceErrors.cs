namespace TencentChat.Errors;

/// <summary>The table of the service's error codes (pages 34348 and 74196, and the pages of the commands).</summary>
internal static class ServiceErrors
{
    private static readonly Dictionary<int, ChatError> s_table =
        GatewayErrors.All.Concat(AccountErrors.All).Concat(DataServiceErrors.All).ToDictionary(error => error.Code);

    /// <summary>Every code that is known, without 0.</summary>
    public static IReadOnlyCollection<ChatError> All => s_table.Values;

    /// <summary>What is known of a code.</summary>
    /// <param name="code">The service's code, other than 0.</param>
    /// <returns>The entry of the table; for a code that is not in it one of class <see cref="ErrorClass.Unknown"/>, which is
    /// taken as a plain refusal: not repeated, and without effect.</returns>
    public static ChatError Find(int code) =>
        s_table.TryGetValue(code, out ChatError? error) ? error : ErrorKinds.Unknown.Of(code, "The service answered with a code that is not in its documentation.");
}
