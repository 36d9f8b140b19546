namespace TencentChat.Operations.Sync;

/// <summary>How the rows of a table are understood.</summary>
/// <param name="ClearsEmpty">An empty cell asks for the attribute to be removed; otherwise it asks for nothing.</param>
/// <param name="AllowsEmptyRows">A row whose cells are all empty may ask for that too, and one without any cell for what is pruned.</param>
/// <param name="Prunes">Asks for the removal of the app's attributes that a row has no column for.</param>
internal sealed record TableRules(bool ClearsEmpty, bool AllowsEmptyRows, bool Prunes);
