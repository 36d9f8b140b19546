namespace TencentChat.Emulator.Options;

/// <summary>What setting attributes or adding tags does with an account the emulator has never seen.</summary>
public enum UnknownAccounts
{
    /// <summary>
    /// The account is taken to have logged in before and comes into being when one of them first names it. Reads, removals,
    /// kicks and deletes of an account never seen still answer that it is missing, and so does a set of an account that
    /// was deleted. With this an admin rehearses a set from a file without importing accounts first.
    /// </summary>
    Create,

    /// <summary>Only accounts that were imported (or added by hand) exist; writing to any other answers that it is missing.</summary>
    Strict,
}
