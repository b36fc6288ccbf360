using Cascade.Contracts.Neutron.Plugin;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NeutronAgent.Server;

/// <summary>Objects of the parent, however many are asked for.</summary>
public static class BulkPulls
{
    /// <summary>Ids in one question.</summary>
    public const int Chunk = 200;

    /// <summary>All of <paramref name="type"/> whose <paramref name="field"/> is one of <paramref name="values"/>; no question when there are none, for the server that would mean all.</summary>
    public static async Task<IReadOnlyList<T>> PullAsync<T>(
        this INeutronServer server, string type, string field, IEnumerable<string> values, Func<VersionedObject, T?> read, CancellationToken cancelled)
        where T : class
    {
        var found = new List<T>();
        foreach (var some in values.Chunk(Chunk))
        {
            found.AddRange((await server.AskAsync(BulkPull.Of(type, field, some), cancelled)).Select(read).OfType<T>());
        }

        return found;
    }

    /// <summary>The one with this id; null when there is none.</summary>
    public static async Task<T?> PullAsync<T>(this INeutronServer server, string type, string id, Func<VersionedObject, T?> read, CancellationToken cancelled)
        where T : class =>
        (await server.PullAsync(type, "id", [id], read, cancelled)).SingleOrDefault();
}
