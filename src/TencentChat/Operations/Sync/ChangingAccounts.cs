namespace TencentChat.Operations.Sync;

/// <summary>
/// The accounts whose values, as they were read, may be older than a change of the same run. Reading runs ahead of writing,
/// so a later row for an account can have been read before an earlier row's change had landed.
/// </summary>
internal sealed class ChangingAccounts
{
    private const long StillChanging = long.MaxValue;

    // The last row whose reading may have been asked for before the account's change had landed.
    private readonly Dictionary<string, long> _doubtfulUpTo = new(StringComparer.Ordinal);
    private readonly Queue<(string UserId, long UpTo)> _landed = new();

    /// <summary>Whether what was read for this row may be out of date.</summary>
    public bool IsDoubtful(string userId, long row) => _doubtfulUpTo.TryGetValue(userId, out long upTo) && row <= upTo;

    /// <summary>A change of the account is on its way.</summary>
    public void Leave(string userId) => _doubtfulUpTo[userId] = StillChanging;

    /// <summary>A change has landed; rows up to <paramref name="lastRowAsked"/> had been asked for by then.</summary>
    public void Land(string userId, long lastRowAsked)
    {
        _doubtfulUpTo[userId] = lastRowAsked;
        _landed.Enqueue((userId, lastRowAsked));
    }

    /// <summary>Rows before this one have been compared: what was kept for them is dropped, so that memory stays with the window.</summary>
    public void Forget(long nextRow)
    {
        while (_landed.TryPeek(out (string UserId, long UpTo) oldest) && oldest.UpTo < nextRow)
        {
            _landed.Dequeue();
            if (_doubtfulUpTo.TryGetValue(oldest.UserId, out long upTo) && upTo == oldest.UpTo)
            {
                _doubtfulUpTo.Remove(oldest.UserId);
            }
        }
    }
}
