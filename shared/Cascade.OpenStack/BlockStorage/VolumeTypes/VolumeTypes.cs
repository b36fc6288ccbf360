using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Volume types of Cinder.</summary>
public sealed class VolumeTypes
{
    private const string All = "/types";

    private readonly ServiceClient client;

    internal VolumeTypes(ServiceClient client) => this.client = client;

    /// <summary>Types with their extra specs.</summary>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="everyone">Also the private ones of all projects; only an administrator gets them
    /// (cinder/api/v3/types.py: _get_volume_types, <c>is_public=None</c>), everybody else the public ones and his own.</param>
    /// <param name="cancelled">Ends the listing.</param>
    public IAsyncEnumerable<VolumeType> ListAsync(Scope scope, bool everyone, CancellationToken cancelled) =>
        client.PagesAsync(
            scope,
            ApiRequest.Get(All, everyone ? "is_public=None" : null),
            BlockStorageJson.Default.VolumeTypePage,
            page => ((IReadOnlyList<VolumeType>?)page.VolumeTypes, Paging.Next(page.Links)),
            cancelled);

    /// <summary>Null when there is none, or it is another project's.</summary>
    public Task<VolumeType?> FindAsync(Scope scope, string id, CancellationToken cancelled) =>
        client.FindAsync(scope, ApiRequest.Get($"{All}/{Uri.EscapeDataString(id)}"), BlockStorageJson.Default.VolumeTypeBody, body => body.VolumeType, cancelled);

    /// <summary>What a volume gets that asks for none (<c>default_volume_type</c>, or the project's own from 3.62 on); null when the cloud has none.</summary>
    public Task<VolumeType?> FindDefaultAsync(Scope scope, CancellationToken cancelled) => FindAsync(scope, "default", cancelled);
}
