using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Compute;

/// <summary>What somebody asked of a server (nova/api/openstack/compute/instance_actions.py).</summary>
public sealed record InstanceAction
{
    /// <summary>For instance <c>resize</c>, <c>confirmResize</c> (nova/compute/instance_actions.py).</summary>
    [AllowNull]
    public string Action { get => field ?? ""; init; }

    /// <summary>Of the request that asked for it, and the key to its events.</summary>
    [AllowNull]
    public string RequestId { get => field ?? ""; init; }

    /// <summary>Null for what the cloud did by itself.</summary>
    public string? UserId { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    /// <summary><c>Error</c> when an event of it failed, else null.</summary>
    public string? Message { get; init; }

    /// <summary>Only where one action is shown; empty elsewhere.</summary>
    [AllowNull]
    public IReadOnlyList<InstanceActionEvent> Events { get => field ?? []; init; }

    public bool Failed => Message == "Error";
}

/// <summary>One step of an action.</summary>
/// <param name="Event">For instance <c>compute_prep_resize</c>.</param>
/// <param name="Result"><c>Success</c>, <c>Error</c>; null while it runs.</param>
/// <param name="Details">Why it failed, for everybody from 2.84 on.</param>
/// <param name="Traceback">For administrators from 2.51 on.</param>
public sealed record InstanceActionEvent(string? Event, string? Result, string? Details, string? Traceback);

internal sealed record InstanceActionPage([property: JsonPropertyName("instanceActions")] List<InstanceAction>? Actions);

internal sealed record InstanceActionBody([property: JsonPropertyName("instanceAction"), JsonRequired] InstanceAction Action);
