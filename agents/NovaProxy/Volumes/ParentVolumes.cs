using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Faults;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Volumes;

/// <summary>
/// The parent's Cinder, asked in the tenant's name as native does (nova/volume/cinder.py: API), or in ours when no tenant's token came with the request or it
/// counts no more. ServerRefusals are faults of nova. Each verb may be done again.
/// </summary>
internal sealed class ParentVolumes(ParentClouds parent, HostIdentity identity, NovaProxyOptions options)
{
    /// <summary>The stamp of a volume that a build makes, until its mapping links to it.</summary>
    const string Stamp = "cascade_bdm";

    BlockStorageClient Cinder => parent.Cinder.BlockStorage;

    /// <exception cref="RpcFault">VolumeNotFound, and what Cinder says.</exception>
    public Task<Volume> GetAsync(string id, RpcContext context, CancellationToken cancelled) =>
        AskAsync(context, scope => Cinder.Volumes.GetAsync(scope, id, cancelled), VolumeFaults.VolumeNotFound(id));

    /// <summary>As an administrator sees it; null when it cannot be seen now.</summary>
    public async Task<Volume?> SeeAsync(string id, CancellationToken cancelled)
    {
        try
        {
            return await Cinder.Volumes.FindAsync(Scope.Own, id, cancelled);
        }
        catch (CloudFault)
        {
            return null;
        }
    }

    public Task<Snapshot> SnapshotAsync(string id, RpcContext context, CancellationToken cancelled) =>
        AskAsync(context, scope => Cinder.Snapshots.GetAsync(scope, id, cancelled), VolumeFaults.SnapshotNotFound(id));

    /// <summary>The volume for a mapping: the one that an earlier life made, or a new one, stamped.</summary>
    /// <exception cref="RpcFault">OverQuota, and what Cinder says.</exception>
    public async Task<Volume> EnsureAsync(VersionedObject instance, string bdm, VolumeCreate wanted, RpcContext context, CancellationToken cancelled)
    {
        if (await FindMadeAsync(instance, bdm, context, cancelled) is { } made)
        {
            return made;
        }

        var stamped = wanted with { Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [Stamp] = bdm } };
        try
        {
            var scope = Tenant(context) ?? Scope.Project(instance.Text("project_id")!);
            return await Cinder.Volumes.CreateAsync(scope, stamped, cancelled);
        }
        catch (CloudFault fault) when (fault.ResultUnknown)
        {
            return await FindMadeAsync(instance, bdm, context, cancelled) ?? throw CinderWords.Of(fault);
        }
        catch (CloudFault fault)
        {
            throw CinderWords.Of(fault, NovaFaults.Failed(fault.Message, fault));
        }
    }

    /// <summary>What carries the stamp, of the instance's own project.</summary>
    public Task<Volume?> FindMadeAsync(VersionedObject instance, string bdm, RpcContext context, CancellationToken cancelled) => AskAsync(context, async scope =>
    {
        var project = instance.Text("project_id");
        await foreach (var volume in Cinder.Volumes.ListAsync(scope, new() { AllTenants = scope == Scope.Service, Metadata = (Stamp, bdm) }, cancelled))
        {
            if (volume.Metadata.GetValueOrDefault(Stamp) == bdm && (volume.TenantId is null || volume.TenantId == project))
            {
                return volume;
            }
        }

        return null;
    });

    /// <summary>The mapping links to it now. What stays is only a word in its metadata.</summary>
    public async Task UnstampAsync(string id, RpcContext context, CancellationToken cancelled)
    {
        try
        {
            await AskAsync(context, scope => DoAsync(Cinder.Volumes.DeleteMetadataAsync(scope, id, Stamp, cancelled)));
        }
        catch (RpcFault)
        {
        }
    }

    /// <summary>Reserves it for the instance: the attachment that an earlier life made for it and nobody connected, or a new one.</summary>
    public async Task<string> ReserveAsync(string volume, string instance, RpcContext context, CancellationToken cancelled)
    {
        if (await FindReservedAsync(volume, instance, context, cancelled) is { } made)
        {
            return made;
        }

        try
        {
            return await AskAsync(context, async scope => (await Cinder.Attachments.CreateAsync(scope, volume, instance, cancelled)).Id, VolumeFaults.VolumeNotFound(volume));
        }
        catch (RpcFault fault) when (fault.InnerException is CloudFault { ResultUnknown: true })
        {
            if (await FindReservedAsync(volume, instance, context, cancelled) is { } reserved)
            {
                return reserved;
            }

            throw;
        }
    }

    public Task<Attachment?> FindAttachmentAsync(string id, RpcContext context, CancellationToken cancelled) =>
        AskAsync(context, scope => Cinder.Attachments.FindAsync(scope, id, cancelled));

    /// <summary>Tells Cinder that a server of our child connects; Cinder-Proxy says where the volume is.</summary>
    /// <param name="server">The child's, if it is there already.</param>
    /// <exception cref="RpcFault">VolumeAttachmentNotFound, and what Cinder says: not in our child, in error, …</exception>
    public Task<Attachment> ConnectAsync(string attachment, string? mountpoint, string? server, RpcContext context, CancellationToken cancelled) => AskAsync(
        context,
        scope => Cinder.Attachments.UpdateAsync(
            scope,
            attachment,
            new()
            {
                ["host"] = identity.Host,
                ["platform"] = "x86_64",
                ["os_type"] = "linux",
                ["multipath"] = false,
                ["mountpoint"] = mountpoint,
                ["cascade"] = new JsonObject { ["child_region"] = options.Child.RegionName, ["child_server_id"] = server },
            },
            cancelled),
        VolumeFaults.AttachmentNotFound(attachment));

    /// <summary>The guest has it: the volume is in use.</summary>
    public Task CompleteAsync(string attachment, RpcContext context, CancellationToken cancelled) =>
        AskAsync(context, scope => DoAsync(Cinder.Attachments.CompleteAsync(scope, attachment, cancelled)), VolumeFaults.AttachmentNotFound(attachment));

    /// <summary>The guest has it no more. One that is gone is fine (nova/volume/cinder.py: attachment_delete).</summary>
    public async Task DisconnectAsync(string attachment, RpcContext context, CancellationToken cancelled)
    {
        try
        {
            await AskAsync(context, scope => DoAsync(Cinder.Attachments.DeleteAsync(scope, attachment, cancelled)), VolumeFaults.AttachmentNotFound(attachment));
        }
        catch (RpcFault gone) when (gone.Is("VolumeAttachmentNotFound"))
        {
        }
    }

    /// <summary>The detach that nova-api announced does not happen.</summary>
    public Task RollDetachingAsync(string id, RpcContext context, CancellationToken cancelled) =>
        AskAsync(context, scope => DoAsync(Cinder.Volumes.RollDetachingAsync(scope, id, cancelled)), VolumeFaults.VolumeNotFound(id));

    public Task UnreserveAsync(string id, RpcContext context, CancellationToken cancelled) =>
        AskAsync(context, scope => DoAsync(Cinder.Volumes.UnreserveAsync(scope, id, cancelled)), VolumeFaults.VolumeNotFound(id));

    /// <summary>What image is on it now; its id goes with the last request, so that a second try sees whether the first got there.</summary>
    /// <param name="gone">Words of the image that was on it.</param>
    public Task NoteImageAsync(string id, IReadOnlyDictionary<string, string> image, IEnumerable<string> gone, RpcContext context, CancellationToken cancelled) => AskAsync(
        context,
        async scope =>
        {
            foreach (var word in gone)
            {
                await Cinder.Volumes.UnsetImageMetadataAsync(scope, id, word, cancelled);
            }

            return await DoAsync(Cinder.Volumes.SetImageMetadataAsync(scope, id, image, cancelled));
        },
        VolumeFaults.VolumeNotFound(id));

    /// <summary>A migration that Cinder asked us to carry out has failed. Only an administrator may say so.</summary>
    public async Task FailMigrationAsync(string oldId, string newId, CancellationToken cancelled)
    {
        try
        {
            await Cinder.Volumes.CompleteMigrationAsync(Scope.Service, oldId, newId, error: true, cancelled);
        }
        catch (CloudFault fault)
        {
            throw CinderWords.Of(fault, VolumeFaults.VolumeNotFound(oldId));
        }
    }

    /// <summary>One that is gone is fine.</summary>
    public async Task DeleteAsync(string id, RpcContext context, CancellationToken cancelled)
    {
        try
        {
            await AskAsync(context, scope => DoAsync(Cinder.Volumes.DeleteAsync(scope, id, cancelled)), VolumeFaults.VolumeNotFound(id));
        }
        catch (RpcFault gone) when (gone.Is("VolumeNotFound"))
        {
        }
    }

    Task<string?> FindReservedAsync(string volume, string instance, RpcContext context, CancellationToken cancelled) => AskAsync(context, async scope =>
    {
        var filter = new AttachmentFilter { AllTenants = scope == Scope.Service, VolumeId = volume, InstanceId = instance };
        await foreach (var one in Cinder.Attachments.ListAsync(scope, filter, cancelled))
        {
            if (one is { Status: "reserved" } && one.Instance == instance && one.VolumeId == volume)
            {
                return one.Id;
            }
        }

        return null;
    });

    static Scope? Tenant(RpcContext context) => context.AuthToken is { Length: > 0 } token ? Scope.Token(token, withServiceToken: true) : null;

    static async Task<bool> DoAsync(Task work)
    {
        await work;
        return true;
    }

    static async Task<T> AskAsync<T>(RpcContext context, Func<Scope, Task<T>> ask, RpcFault? missing = null)
    {
        try
        {
            if (Tenant(context) is { } tenant)
            {
                try
                {
                    return await ask(tenant);
                }
                catch (CloudFault fault) when (fault.Status is 401)
                {
                    // Over, or taken back by its owner: what was begun in his name is still to be ended.
                }
            }

            return await ask(Scope.Service);
        }
        catch (CloudFault fault)
        {
            throw CinderWords.Of(fault, missing);
        }
    }
}
