using System.Diagnostics.CodeAnalysis;

namespace Cascade.OpenStack.Compute;

/// <summary>A row of <c>openstack compute service list</c>; for administrators (nova/api/openstack/compute/services.py).</summary>
public sealed record ComputeService
{
    /// <summary>UUID.</summary>
    [AllowNull]
    public string Id { get => field ?? ""; init; }

    [AllowNull]
    public string Binary { get => field ?? ""; init; }

    [AllowNull]
    public string Host { get => field ?? ""; init; }

    public string? Zone { get; init; }

    /// <summary><c>enabled</c> or <c>disabled</c>.</summary>
    public string? Status { get; init; }

    /// <summary><c>up</c> or <c>down</c>.</summary>
    public string? State { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public string? DisabledReason { get; init; }

    public bool? ForcedDown { get; init; }
}

internal sealed record ServicePage(List<ComputeService>? Services);
