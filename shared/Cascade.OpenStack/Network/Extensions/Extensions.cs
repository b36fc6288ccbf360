using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>What this Neutron can do, asked once and kept for a while: extensions change with the cloud's configuration only.</summary>
public sealed class Extensions
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly ServiceClient client;
    private readonly Lock gate = new();
    private IReadOnlySet<string>? aliases;
    private long askedAt;

    internal Extensions(ServiceClient client) => this.client = client;

    /// <param name="scope">Anybody's.</param>
    /// <param name="alias">For instance <see cref="Extension.AddressGroup"/>.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public async Task<bool> HasAsync(Scope scope, string alias, CancellationToken cancelled) => (await AliasesAsync(scope, cancelled)).Contains(alias);

    /// <summary>All aliases, at most ten minutes old.</summary>
    public async Task<IReadOnlySet<string>> AliasesAsync(Scope scope, CancellationToken cancelled)
    {
        lock (gate)
        {
            if (aliases is { } known && client.Time.GetElapsedTime(askedAt) < Life)
            {
                return known;
            }
        }

        var asked = client.Time.GetTimestamp();
        var found = (await ListAsync(scope, cancelled)).Select(extension => extension.Alias).ToHashSet(StringComparer.Ordinal);
        lock (gate)
        {
            (aliases, askedAt) = (found, asked);
        }

        return found;
    }

    public Task<IReadOnlyList<Extension>> ListAsync(Scope scope, CancellationToken cancelled) =>
        client.SendAsync<IReadOnlyList<Extension>>(
            scope, ApiRequest.Get("/extensions"), body => Envelope.ReadAll(body, "extensions", NetworkJson.Default.Extension).Items, cancelled);

    /// <summary>Asks anew next time.</summary>
    public void Forget()
    {
        lock (gate)
        {
            aliases = null;
        }
    }
}
