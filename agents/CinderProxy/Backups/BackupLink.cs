using Cascade.CinderProxy.Parent.Database;
using Cascade.Mirror;

namespace Cascade.CinderProxy.Backups;

/// <summary>
/// The child's backup as the parent's row keeps it, in <c>service_metadata</c>: <c>cascade://cproxy@child1/8f6e…</c>. It says whose child: the API sends what is to
/// become of a backup to any backup service of its zone (cinder/backup/api.py: _get_available_backup_service_host), and what one child does not have another may.
/// </summary>
/// <param name="Service">The service that made it.</param>
/// <param name="ChildId">The child's backup.</param>
internal sealed record BackupLink(string Service, string ChildId)
{
    /// <summary>What a row of ours says as <c>service</c>, and what schedulers are told as driver_name.</summary>
    public const string Driver = "cascade";

    const string Scheme = "cascade://";

    /// <summary>Null when the row is not linked, or another driver wrote it.</summary>
    public static BackupLink? Of(BackupRow row) =>
        row.ServiceMetadata is { } text && text.StartsWith(Scheme, StringComparison.Ordinal) && text[Scheme.Length..].Split('/') is [{ Length: > 0 } service, { Length: > 0 } childId]
            ? new(service, childId)
            : null;

    /// <summary>The child's backup where it is in the child of this service.</summary>
    public static string? In(BackupRow row, string service) => Of(row) is { } link && link.Service == service ? link.ChildId : null;

    public override string ToString() => $"{Scheme}{Service}/{ChildId}";
}

/// <summary>The link of one row, to be read and written.</summary>
internal sealed class BackupRowLink(BackupRow row, CinderDatabase database, BackupBook book, string service) : ILink
{
    public string? ChildId => BackupLink.In(row, service);

    public async Task SetAsync(string childId, CancellationToken cancelled)
    {
        await database.InTransactionAsync(work => work.Backups.SetLinkAsync(row.Id, new BackupLink(service, childId).ToString()), cancelled);
        book.Set(childId, row.Id);
    }
}
