using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;

namespace TencentChat.Emulator;

/// <summary>Finds options that no app could have.</summary>
internal static class OptionChecks
{
    public static void Check(EmulatorOptions options)
    {
        Require(options.SdkAppId > 0, "The app id is a positive number.");
        Require(options.SecretKey is not "", "The secret key is empty.");
        Require(options.Admins.Count > 0 && options.Admins.All(admin => admin.Length > 0), "An app has at least one admin, and none without a name.");
        Require(options.AttributeNames.Count <= Limits.Slots, "An app has 10 attribute slots.");
        Require(options.AttributeNames.All(Limits.IsText), "An attribute name is 1 to 50 UTF-8 bytes long.");
        Require(
            options.AttributeNames.Distinct(StringComparer.Ordinal).Count() == options.AttributeNames.Count,
            "An attribute name stands in one slot only.");
        Require(options.RateLimit is null or >= 0, "The rate limit is a number of calls a second, or 0 for none.");
        Require(options.PushesPerDay is null or >= 0, "The pushes in a day are a number, or 0 for any.");
        Require(options.Latency >= TimeSpan.Zero && options.Latency <= TimeSpan.FromHours(1), "The latency is between nothing and an hour.");
        Require(options.JournalCapacity > 0, "The journal holds at least one call.");
        Require(options.MaxBodyBytes > 0, "The longest body has at least one byte.");
        Require(options.TrialAccountLimit >= 0, "The trial limit is a number of accounts.");
    }

    private static void Require(bool isRight, string message)
    {
        if (!isRight)
        {
            throw new ArgumentException(message);
        }
    }
}
