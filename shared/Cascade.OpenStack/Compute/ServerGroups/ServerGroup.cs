using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Compute;

/// <summary>A group of servers that shall stand together or apart (nova/api/openstack/compute/server_groups.py).</summary>
public sealed record ServerGroup
{
    public required string Id { get; init; }

    /// <summary>Not unique.</summary>
    public string? Name { get; init; }

    /// <summary><c>affinity</c>, <c>anti-affinity</c>, <c>soft-affinity</c>, <c>soft-anti-affinity</c> (2.64).</summary>
    public string? Policy { get; init; }

    /// <summary>Servers in it that are not deleted.</summary>
    [AllowNull]
    public IReadOnlyList<string> Members { get => field ?? []; init; }

    public string? ProjectId { get; init; }

    public string? UserId { get; init; }
}

internal sealed record ServerGroupCreate(string Name, string Policy);

internal sealed record ServerGroupCreateBody(ServerGroupCreate ServerGroup);

internal sealed record ServerGroupBody([property: JsonRequired] ServerGroup ServerGroup);

internal sealed record ServerGroupPage(List<ServerGroup>? ServerGroups);
