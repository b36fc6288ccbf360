using Cascade.CinderProxy.Parent.Database;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Attachments;

/// <summary>Which of the child's servers has a volume for an attachment of the parent.</summary>
internal sealed class Holders(ChildCloud child, CinderDatabase database)
{
    /// <returns>Finds the holder in the volume as it is seen then, and null when it has let go.</returns>
    public async Task<Func<Volume, AttachedServer?>> OfAsync(VolumeRow row, AttachmentRow attachment, Volume seen, CancellationToken cancelled)
    {
        if (Connector.Kept(attachment.Connector)?.ChildServerId is { } named)
        {
            return now => Find(now, named);
        }

        // The attach came before the build, and the connector could not name the server: a volume that only one may have is held by whoever has it.
        if (!row.Multiattach)
        {
            return now => now.Attachments is [var first, ..] ? first : null;
        }

        var found = await TaggedAsync(attachment, seen, cancelled) ?? await LeftAsync(row, attachment, seen, cancelled);
        return now => found is null ? null : Find(now, found);
    }

    /// <summary>By the tag with which the build made it, and by who made it.</summary>
    async Task<string?> TaggedAsync(AttachmentRow attachment, Volume seen, CancellationToken cancelled)
    {
        if (attachment.InstanceUuid is not { } instance)
        {
            return null;
        }

        var (ours, tag) = (await child.UserIdAsync(cancelled), ServerTag.Of(instance));
        // The filters are the child's to obey.
        return await child.Cloud.Compute.Servers.ListAsync(Scope.Own, new() { AllTenants = true, Tags = [tag] }, cancelled)
            .Where(server => server.UserId == ours && server.Tags?.Contains(tag) is true)
            .Select(server => server.Id)
            .FirstOrDefaultAsync(id => Find(seen, id) is not null, cancelled);
    }

    /// <summary>One that no other attachment of the parent names and that the child's Nova has no more: it has nothing to lose, and its Cinder has not heard of it.</summary>
    async Task<string?> LeftAsync(VolumeRow row, AttachmentRow ending, Volume seen, CancellationToken cancelled)
    {
        var others = (await database.ReadAsync(work => work.Attachments.OfVolumeAsync(row.Id), cancelled))
            .Where(one => one.Id != ending.Id)
            .Select(one => Connector.Kept(one.Connector)?.ChildServerId)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var id in seen.Attachments.Select(one => one.ServerId).OfType<string>().Where(id => !others.Contains(id)))
        {
            if (await child.Cloud.Compute.Servers.FindAsync(Scope.Own, id, cancelled) is null)
            {
                return id;
            }
        }

        return null;
    }

    static AttachedServer? Find(Volume seen, string server) => seen.Attachments.FirstOrDefault(one => one.ServerId == server);
}
