using Cascade.Contracts.Nova.Compute;
using Cascade.Mirror;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Flavors;
using Cascade.NovaProxy.Images;
using Cascade.NovaProxy.Keypairs;
using Cascade.NovaProxy.Networks;
using Cascade.NovaProxy.Networks.Mirrored;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Build;

/// <summary>Makes ready what a server needs in the child, and the server, once.</summary>
internal sealed class ServerMaker(
    ChildCloud child, ChildServers servers, ChildImages images, ChildFlavors flavors, ChildKeypairs keypairs, ServerNics nics, LinkBook book, HostIdentity identity)
{
    /// <param name="ports">Says what ports the instance has in the parent; asked only if the server must be made.</param>
    /// <exception cref="CloudFault">The child, or the parent's Glance, refuses.</exception>
    public async Task<Mirrored<Server>> MakeAsync(
        BuildAndRunInstance build, VersionedObject instance, Func<CancellationToken, Task<IReadOnlyList<Nic>>> ports, RpcContext context, Turn turn)
    {
        var wanted = FlavorMap.Of(instance.Object("flavor") ?? build.Instance.Object("flavor") ?? throw new ArgumentException("a build without a flavor", nameof(build)));
        try
        {
            return await TryAsync(build, instance, wanted, ports, context, turn);
        }
        catch (CloudFault fault) when (fault.Message.Contains(wanted.Id, StringComparison.Ordinal))
        {
            // An administrator of the child removed the flavor that we remember: make it again, once.
            flavors.Forget(wanted.Id);
            return await TryAsync(build, instance, wanted, ports, context, turn);
        }
    }

    async Task<Mirrored<Server>> TryAsync(
        BuildAndRunInstance build,
        VersionedObject instance,
        WantedFlavor flavor,
        Func<CancellationToken, Task<IReadOnlyList<Nic>>> ports,
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
                    var image = await ImageAsync(instance, project, turn);
                    await flavors.EnsureAsync(flavor, project, cancelled);
                    var networks = await nics.UntilThereAsync(instance.Text("uuid")!, await ports(cancelled), turn);
                    held = await keypairs.HoldAsync(keypair, cancelled);
                    var hints = HintMap.ToChild(build.RequestSpec?["nova_object.data"]?["scheduler_hints"], book.ChildOf);
                    return ServerMap.ToCreate(build, instance, new(identity.Host, image, flavor.Id, keypair?.Name, hints, networks), await ChildCan.OfAsync(child, cancelled));
                },
                turn.Cancelled);
        }
        finally
        {
            held?.Dispose();
        }
    }

    /// <summary>A copy may take minutes: others use our place meanwhile.</summary>
    Task<string> ImageAsync(VersionedObject instance, string project, Turn turn)
    {
        var image = instance.Text("image_ref") is { Length: > 0 } named ? named : throw new ArgumentException("a build without an image", nameof(instance));
        return turn.AsideAsync(cancelled => images.EnsureAsync(image, project, cancelled));
    }
}
