namespace Cascade.OpenStack.BlockStorage;

/// <summary>Argument of <c>os-reset_status</c> of snapshots and backups, and of <c>reset_status</c> of groups.</summary>
internal sealed record StatusReset(string Status);
