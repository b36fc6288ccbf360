using Cascade.Contracts.Nova.Compute;
using Cascade.NovaProxy.Keypairs;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers.Rebuild;

/// <summary>An instance of the parent as what a server of the child is to be made anew from.</summary>
internal static class RebuildMap
{
    /// <param name="call">What came with the message: password, preserved disks.</param>
    /// <param name="row">As nova-api wrote it: what a tenant wants changed is in it already (nova/compute/api.py: rebuild).</param>
    /// <param name="seen">The server as it is.</param>
    /// <param name="source">The child's image, and what becomes of a volume that it boots from.</param>
    /// <param name="keypair">Null for none.</param>
    /// <param name="can">What the child knows.</param>
    public static ServerRebuild ToRebuild(
        RebuildInstance call, VersionedObject row, Server seen, RebuildSource source, WantedKeypair? keypair, ChildCan can) => new()
    {
        ImageRef = source.ImageId,
        ReimagesVolume = source.ReimagesVolume,
        Name = row.Text("display_name") is { Length: > 0 } name ? name : row.Text("uuid")!,
        Description = row.Text("display_description") is { Length: > 0 } description ? description : null,
        AdminPass = call.NewPass is { Length: > 0 } password ? password : null,
        Metadata = ServerMap.Metadata(row),
        PreserveEphemeral = call.PreserveEphemeral is true ? true : null,
        // The name is the content: the same name is the same key.
        KeyName = seen.KeyName == keypair?.Name ? default : (Settable)keypair?.Name,
        UserData = row.Text("user_data") is { Length: > 0 } data ? data : Settable.Null,
        Hostname = ServerMap.Hostname(row.Text("hostname"), can),
    };
}
