namespace TencentChat.Errors;

/// <summary>The table of the service's error codes (pages 34348 and 74196, and the pages of the commands).</summary>
public static class ServiceErrors
{
    private static readonly ServiceError Success = ErrorKinds.None.Of(0, "The call succeeded.");

    private static readonly Dictionary<int, ServiceError> Table =
        GatewayErrors.All.Concat(AccountErrors.All).Concat(DataServiceErrors.All).ToDictionary(error => error.Code);

    /// <summary>Every code that is known, without 0.</summary>
    public static IReadOnlyCollection<ServiceError> All => Table.Values;

    /// <summary>What is known of a code.</summary>
    /// <param name="code">The service's code; 0 gives the class <see cref="ErrorClass.None"/>.</param>
    /// <returns>The entry of the table; for a code that is not in it one of class <see cref="ErrorClass.Unknown"/>, which is
    /// taken as a plain refusal: not repeated, and without effect.</returns>
    public static ServiceError Find(int code) =>
        code == 0 ? Success
        : Table.TryGetValue(code, out ServiceError? error) ? error
        : ErrorKinds.Unknown.Of(code, "The service answered with a code that is not in its documentation.");
}
