using System.Diagnostics.CodeAnalysis;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>A row of <c>openstack volume service list</c>; for administrators (cinder/api/v3/services.py: index).</summary>
public sealed record BlockStorageService
{
    [AllowNull]
    public string Binary { get => field ?? ""; init; }

    /// <summary>Of a cinder-volume with its backend: <c>host@backend</c>.</summary>
    [AllowNull]
    public string Host { get => field ?? ""; init; }

    public string? Zone { get; init; }

    /// <summary><c>enabled</c> or <c>disabled</c>.</summary>
    public string? Status { get; init; }

    /// <summary><c>up</c> or <c>down</c>.</summary>
    public string? State { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public string? DisabledReason { get; init; }

    /// <summary>Of a cinder-volume: takes nothing that would change its storage.</summary>
    public bool? Frozen { get; init; }

    public string? ReplicationStatus { get; init; }

    /// <summary>3.7.</summary>
    public string? Cluster { get; init; }

    /// <summary>3.49; <c>up</c>, <c>down</c>, or null while the scheduler knows nothing of it.</summary>
    public string? BackendState { get; init; }
}

internal sealed record ServiceList(List<BlockStorageService>? Services);
