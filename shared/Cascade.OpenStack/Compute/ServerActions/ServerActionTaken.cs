using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Compute;

/// <summary>Something that was asked of a server (nova/api/openstack/compute/instance_actions.py: _format_action).</summary>
public sealed record ServerActionTaken
{
    /// <summary><c>create</c>, <c>stop</c>, <c>trigger_crash_dump</c> … (nova/compute/instance_actions.py).</summary>
    public required string Action { get; init; }

    public required string RequestId { get; init; }

    public string? UserId { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    /// <summary><c>Error</c> when something in it went wrong.</summary>
    public string? Message { get; init; }

    [AllowNull]
    public IReadOnlyList<ServerActionEvent> Events { get => field ?? []; init; }
}

/// <summary>A step of it.</summary>
/// <param name="Event">For instance <c>compute_trigger_crash_dump</c>.</param>
/// <param name="Result"><c>Success</c> or <c>Error</c>; null while it is under way.</param>
/// <param name="Details">Why not, in the words of the compute (2.84).</param>
public sealed record ServerActionEvent(string Event, string? Result, string? Details);

internal sealed record ServerActionPage([property: JsonPropertyName("instanceActions"), JsonRequired] List<ServerActionTaken> Actions);

internal sealed record ServerActionBody([property: JsonPropertyName("instanceAction"), JsonRequired] ServerActionTaken Action);
