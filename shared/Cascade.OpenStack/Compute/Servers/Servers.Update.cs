using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>What may be changed of a server that is there, in any state of it.</summary>
public sealed partial class Servers
{
    public Task UpdateAsync(Scope scope, string id, ServerUpdate wanted, CancellationToken cancelled) =>
        client.DoAsync(
            scope,
            ApiRequest.Put(ServerPaths.One(id), new ServerUpdateBody(wanted), ComputeJson.Default.ServerUpdateBody, idempotent: true) with
            {
                Floor = wanted.Hostname is not null ? new(2, 90) : wanted.Description.IsSet ? new(2, 19) : null,
                FloorReason = "this change",
            },
            cancelled);

    /// <summary>Replaces all metadata. Conflict unless the server is active, paused, suspended or stopped (nova/compute/api.py: update_instance_metadata).</summary>
    public Task ReplaceMetadataAsync(Scope scope, string id, IReadOnlyDictionary<string, string> metadata, CancellationToken cancelled) =>
        client.DoAsync(
            scope, ApiRequest.Put(ServerPaths.Metadata(id), new MetadataBody(metadata), ComputeJson.Default.MetadataBody, idempotent: true), cancelled);
}
