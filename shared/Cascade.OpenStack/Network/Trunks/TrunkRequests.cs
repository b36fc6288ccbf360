namespace Cascade.OpenStack.Network;

public sealed record TrunkCreate
{
    /// <summary>The parent port; not bound yet, or <see cref="NetworkError.ParentPortInUse"/> where the driver cannot take a bound one.</summary>
    public required string PortId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? ProjectId { get; init; }

    public bool? AdminStateUp { get; init; }

    public IReadOnlyList<SubPort>? SubPorts { get; init; }
}

/// <summary>What to change; sub ports by verbs of their own.</summary>
public sealed record TrunkUpdate
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public bool? AdminStateUp { get; init; }
}
