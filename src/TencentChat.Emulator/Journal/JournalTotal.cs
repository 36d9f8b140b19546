namespace TencentChat.Emulator.Journal;

/// <summary>How many calls of one command came to one end. Totals are kept also of calls the journal no longer holds.</summary>
/// <param name="Endpoint">The command's name; null where the path named none.</param>
/// <param name="Code">The code, as in <see cref="JournalEntry.Code"/>.</param>
/// <param name="Fault">The fault, as in <see cref="JournalEntry.Fault"/>.</param>
/// <param name="Calls">How many calls.</param>
/// <param name="Accounts">How many accounts they named together.</param>
public sealed record JournalTotal(string? Endpoint, int? Code, string? Fault, long Calls, long Accounts);
