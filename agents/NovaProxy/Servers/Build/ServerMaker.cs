using Cascade.Contracts.Nova.Compute;
using Cascade.Mirror;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Flavors;
using Cascade.Images;
using Cascade.NovaProxy.Keypairs;
using Cascade.NovaProxy.Networks;
using Cascade.NovaProxy.Networks.Mirrored;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Groups;
using Cascade.NovaProxy.Volumes;
using Cascade.NovaProxy.Zones;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Build;

/// <summary>Makes ready what a server needs in the child, and the server, once.</summary>
internal sealed class ServerMaker(
    ChildCloud child,
    ChildServers servers,
    ChildImages images,
    ChildFlavors flavors,
    ChildKeypairs keypairs,
    ServerNics nics,
    InstanceVolumes volumes,
    ChildGroups groups,
    ChildZones zones,
    LinkBook book,
    HostIdentity identity)
{
    /// <param name="ports">Says what ports the instance has in the parent; asked only if the server must be made.</param>
    /// <param name="forced">The host of the child that it must be on; null leaves the choice to the child.</param>
    /// <exception cref="CloudFault">The child, or the parent's Glance, refuses.</exception>
    /// <exception cref="Oslo.Wire.Failures.RpcFault">ComputeResourcesUnavailable: the child's zone that it shall be in takes nothing.</exception>
    public async Task<Mirrored<Server>> MakeAsync(
        BuildAndRunInstance build, VersionedObject instance, Func<CancellationToken, Task<IReadOnlyList<Nic>>> ports, ForcedHost? forced, RpcContext context, Turn turn)
    {
        try
        {
            return await WithFlavorAsync(build, instance, ports, forced, context, turn);
        }
        catch (CloudFault refusal) when (refusal.Kind is FaultKind.Invalid && zones.Of(instance) is { } zone)
        {
            if (await zones.ExplainAsync(zone, turn.Cancelled) is { } why)
            {
                throw why;
            }

            throw;
        }
    }

    async Task<Mirrored<Server>> WithFlavorAsync(
        BuildAndRunInstance build, VersionedObject instance, Func<CancellationToken, Task<IReadOnlyList<Nic>>> ports, ForcedHost? forced, RpcContext context, Turn turn)
    {
        var wanted = await flavors.WantedAsync(
            instance.Object("flavor") ?? build.Instance.Object("flavor") ?? throw new ArgumentException("a build without a flavor", nameof(build)), turn.Cancelled);
        try
        {
            return await TryAsync(build, instance, wanted, ports, forced, context, turn);
        }
        catch (CloudFault fault) when (fault.Message.Contains(wanted.Id, StringComparison.Ordinal))
        {
            // An administrator of the child removed the flavor that we remember: make it again, once.
            flavors.Forget(wanted.Id);
            return await TryAsync(build, instance, wanted, ports, forced, context, turn);
        }
    }

    async Task<Mirrored<Server>> TryAsync(
        BuildAndRunInstance build,
        VersionedObject instance,
        WantedFlavor flavor,
        Func<CancellationToken, Task<IReadOnlyList<Nic>>> ports,
        ForcedHost? forced,
        RpcContext context,
        Turn turn)
    {
        IDisposable? held = null;
        try
        {
            return await servers.MirrorOf(instance).EnsureAsync(
                instance.Text("uuid")!,
                servers.LinkOf(instance, context.Elevated()),
                async cancelled =>
                {
                    var keypair = KeypairMap.Of(build.Instance);
                    var project = ChildCloud.ProjectOf(instance);
                    var image = await ImageAsync(build, instance, project, context, turn);
                    var devices = await volumes.ToChildAsync(instance.Text("uuid")!, image, context, cancelled);
                    await flavors.EnsureAsync(flavor, project, cancelled);
                    var networks = await nics.UntilThereAsync(instance.Text("uuid")!, await ports(cancelled), turn);
                    held = await keypairs.HoldAsync(keypair, cancelled);
                    var hints = new Dictionary<string, SchedulerHint>(
                        HintMap.ToChild(build.RequestSpec?["nova_object.data"]?["scheduler_hints"], book.ChildOf), StringComparer.Ordinal);
                    if (await groups.EnsureAsync(GroupMap.Of(build.RequestSpec), project, cancelled) is { } group)
                    {
                        hints["group"] = group;
                    }

                    var parts = new ServerParts(identity.Host, image, flavor.Id, keypair?.Name, hints, networks) { Devices = devices, Zone = zones.Of(instance), Forced = forced };
                    return ServerMap.ToCreate(build, instance, parts, await ChildCan.OfAsync(child, cancelled));
                },
                turn.Cancelled);
        }
        finally
        {
            held?.Dispose();
        }
    }

    /// <summary>A copy may take minutes: others use our place meanwhile. What boots from a volume needs no image in the child.</summary>
    async Task<string?> ImageAsync(BuildAndRunInstance build, VersionedObject instance, string project, RpcContext context, Turn turn)
    {
        // The message of an unshelve brings no mappings.
        if (Mappings.IsVolumeBacked(build.BlockDeviceMapping?.Objects() ?? await volumes.OfAsync(instance.Text("uuid")!, context, turn.Cancelled)))
        {
            return null;
        }

        var image = instance.Text("image_ref") is { Length: > 0 } named ? named : throw new ArgumentException("a build without an image", nameof(instance));
        return await turn.AsideAsync(cancelled => images.EnsureAsync(image, project, cancelled));
    }
}
