using Cascade.OpenStack.Network;

namespace Cascade.NeutronAgent.Child;

/// <summary>Of several that stand for the same the same one in every life.</summary>
public static class Oldest
{
    /// <returns>Null of none.</returns>
    public static T? Of<T>(IEnumerable<T> found)
        where T : class, INetworkResource => found.OrderBy(Age).ThenBy(seen => seen.Id, StringComparer.Ordinal).FirstOrDefault();

    /// <inheritdoc cref="Of{T}(IEnumerable{T})"/>
    public static async Task<T?> OfAsync<T>(IAsyncEnumerable<T> found, CancellationToken cancelled)
        where T : class, INetworkResource => await found.OrderBy(Age).ThenBy(seen => seen.Id, StringComparer.Ordinal).FirstOrDefaultAsync(cancelled);

    static DateTimeOffset Age(INetworkResource seen) => seen.CreatedAt ?? DateTimeOffset.MaxValue;
}
