namespace Cascade.OpenStack.Network;

/// <summary>What is made in a project and can be described (neutron/db/standard_attr.py).</summary>
public interface INetworkResource
{
    string Id { get; }

    string? ProjectId { get; }

    /// <summary>Up to 255 characters; its project's to write.</summary>
    string? Description { get; }

    DateTimeOffset? CreatedAt { get; }
}
