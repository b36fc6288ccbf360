using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Volumes.Watching;

/// <inheritdoc/>
internal sealed class VolumeList(VolumeBook book, VolumeWatch watch, VolumeReaper reaper) : MirrorList<Volume, VolumeRow>("volumes", book, watch, reaper)
{
    /// <summary>Attached by hand in the child, or left there by something that nobody told us of: never detached by us.</summary>
    protected override string NoteOf(VolumeRow row, Volume seen) => seen.Attachments.Count > 0 && row.Status == VolumeStatus.Available
        ? $"attached in the child to server {seen.Attachments[0].ServerId}, and nowhere in the parent"
        : base.NoteOf(row, seen);
}
