using Cascade.CinderProxy.Parent.Database;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Backups;

/// <inheritdoc/>
internal sealed class BackupList(BackupBook book, BackupWatch watch, BackupReaper reaper) : MirrorList<Backup, BackupRow>("backups", book, watch, reaper);
