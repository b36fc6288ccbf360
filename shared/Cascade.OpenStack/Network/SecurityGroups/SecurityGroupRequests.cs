namespace Cascade.OpenStack.Network;

/// <summary>A group to make. It comes with two rules of its own, everything out for IPv4 and IPv6 (db/securitygroups_db.py:
/// create_security_group; from 2023.2 on what the cloud's <c>default-security-group-rules</c> say).</summary>
public sealed record SecurityGroupCreate
{
    /// <summary>Not <c>default</c>.</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    public string? ProjectId { get; init; }

    /// <summary>Needs <see cref="Extension.StatefulSecurityGroup"/>.</summary>
    public bool? Stateful { get; init; }
}

/// <summary>What to change. <see cref="Stateful"/> only while no port uses it: <see cref="NetworkError.SecurityGroupInUse"/>.</summary>
public sealed record SecurityGroupUpdate
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public bool? Stateful { get; init; }
}
