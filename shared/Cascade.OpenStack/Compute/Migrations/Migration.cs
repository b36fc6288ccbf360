using System.Diagnostics.CodeAnalysis;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>A move of a server between hosts of its cloud, or a resize (nova/api/openstack/compute/migrations.py); for administrators.</summary>
public sealed record Migration
{
    /// <summary>What it holds of placement it holds under this id (nova/conductor/tasks/migrate.py: replace_allocation_with_migration).</summary>
    [AllowNull]
    public string Uuid { get => field ?? ""; init; }

    public string? InstanceUuid { get; init; }

    /// <summary><c>resize</c>, <c>migration</c>, <c>live-migration</c>, <c>evacuation</c>.</summary>
    public string? MigrationType { get; init; }

    /// <summary>For instance <c>finished</c>: it waits to be confirmed.</summary>
    public string? Status { get; init; }
}

internal sealed record MigrationPage(List<Migration>? Migrations, List<PageLink>? MigrationsLinks);
