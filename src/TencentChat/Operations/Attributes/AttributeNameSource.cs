using System.Diagnostics.CodeAnalysis;
using TencentChat.Calls;
using TencentChat.Protocol;

namespace TencentChat.Operations.Attributes;

/// <summary>The app's attribute names: asked for when needed, and remembered.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore that nobody waits in with a handle holds nothing.")]
internal sealed class AttributeNameSource(RetryLoop calls, AttributeService service)
{
    private readonly AttributeEndpoints _endpoints = AttributeEndpoints.Of(service);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private AttributeNameTable? _known;

    /// <summary>The names, if they were asked for before.</summary>
    public AttributeNameTable? Known => Volatile.Read(ref _known);

    /// <summary>Reads the names (pages 37168 and 60562).</summary>
    /// <param name="notOlderThan">What is remembered will do if it was read within this time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Errors.ChatException">The call failed in spite of its repeats.</exception>
    public async Task<AttributeNameTable> GetAsync(TimeSpan notOlderThan, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_known is { } known && calls.Time.GetElapsedTime(known.ReadAt) <= notOlderThan)
            {
                return known;
            }

            long readAt = calls.Time.GetTimestamp();
            ChatReply reply = await calls.CallAsync(_endpoints.GetNames, RequestBodies.Empty, cancellationToken).ConfigureAwait(false);
            var table = new AttributeNameTable(reply.AttributeNames, reply.AttributeTypes, readAt);
            Volatile.Write(ref _known, table);
            return table;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Names slots (pages 37167 and 60563).</summary>
    /// <exception cref="Errors.ChatException">The call failed in spite of its repeats.</exception>
    public async Task SetAsync(IReadOnlyDictionary<int, string> names, IReadOnlyDictionary<int, int>? types, CancellationToken cancellationToken)
    {
        try
        {
            await calls.CallAsync(_endpoints.SetNames, writer => RequestBodies.AttributeNames(writer, names, types), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Also after a fault: the service may have done it.
            Volatile.Write(ref _known, null);
        }
    }
}
