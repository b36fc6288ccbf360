namespace Cascade.OpenStack.Network;

/// <summary>What to change; where it leads cannot be.</summary>
public sealed record NdpProxyUpdate
{
    public string? Name { get; init; }

    public string? Description { get; init; }
}
